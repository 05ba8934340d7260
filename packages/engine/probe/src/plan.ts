import type { FhirPath } from "@trestle/fhir/path";
import { readFhirPath } from "@trestle/fhir/path";
import { searchedElements } from "@trestle/fhir/searched-elements";
import type { FhirAtSite, FhirDataElement, Hl7AtSite, SiteDataElement } from "@trestle/integration";
import { parseScopes } from "@trestle/smart";

/** What an application needs, as integration.yaml says it and the site has it. */
export interface NeededData {
  readonly scopes: readonly string[];
  readonly elements: Readonly<Record<string, readonly string[]>>;
  readonly data: readonly SiteDataElement[];
}

/** A data element of FHIR with its path, ready to be followed. */
export interface PlannedElement {
  readonly element: FhirAtSite;
  readonly path: FhirPath;
}

/** One search that is made for each patient, and what is looked for in what it finds. */
export interface PlannedSearch {
  readonly resource: string;
  /** A search parameter with its value, such as `category=laboratory`. */
  readonly among: string | undefined;
  /** The parameter that names the patient; undefined where resources are read by reference alone. */
  readonly patientParameter: string | undefined;
  readonly elements: readonly PlannedElement[];
}

/** All that a probe looks for. */
export interface Plan {
  readonly searches: readonly PlannedSearch[];
  /** Elements that the application writes: nothing is tried. */
  readonly written: readonly FhirDataElement[];
  readonly fields: readonly Hl7AtSite[];
  /** Elements that the site says it has not: nobody looks for them. */
  readonly absent: readonly SiteDataElement[];
}

/**
 * What a probe looks for: each data element, then what else reaches the application, which is only
 * measured. Elements of one search are looked for together.
 */
export function planOf(needs: NeededData): Plan {
  const elements = [...needs.data.filter(({ isAbsent }) => !isAbsent), ...measuredOnly(needs)];
  const fhir = elements.filter((each) => each.type === "fhir");
  const read = fhir.filter(({ access }) => access === "read");
  const groups = Map.groupBy(read, ({ resource, among }) => keyOf(resource, among));
  const searches = [...groups.values()].flatMap((group) => searchFor(group) ?? []);
  return {
    searches: [...searches, ...scopesAlone(needs, searches)],
    written: fhir.filter(({ access }) => access === "write"),
    fields: elements.filter((each) => each.type === "hl7"),
    absent: needs.data.filter(({ isAbsent }) => isAbsent),
  };
}

/** Elements that reach the application and of which nobody said how they must be. */
function measuredOnly({ elements, data }: NeededData): readonly FhirDataElement[] {
  const named = new Set(data.flatMap((each) => (each.type === "fhir" ? elementOf(each) : [])));
  return Object.entries(elements).flatMap(([resource, names]) =>
    names
      .filter((name) => !named.has(`${resource}.${name}`))
      .map((path) => ({ ...measured, resource, path })),
  );
}

function elementOf({ resource, path }: FhirDataElement): string {
  const read = readFhirPath(resource, path);
  return `${resource}.${read.ok ? read.value.element : ""}`;
}

function searchFor(group: readonly FhirAtSite[]): PlannedSearch | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  const elements = group.flatMap((element) => {
    const path = readFhirPath(element.resource, element.path);
    return path.ok ? [{ element, path: path.value }] : [];
  });
  return search(first.resource, first.among, elements);
}

/** Of a type of which nothing is said but that it is read, that it comes is looked at. */
function scopesAlone(
  { scopes }: NeededData,
  searches: readonly PlannedSearch[],
): readonly PlannedSearch[] {
  const planned = new Set(searches.map(({ resource }) => resource));
  const found = parseScopes(scopes.join(" ")).flatMap((scope) => {
    if (scope.kind !== "resource" || scope.resourceType === "*") return [];
    const { resourceType, query } = scope;
    if (planned.has(resourceType)) return [];
    const [part] = query;
    const among = part === undefined ? undefined : `${part.name}=${part.values.join(",")}`;
    const one = search(resourceType, among, []);
    // What nobody is searched by, and nothing is looked for in, needs no asking.
    return one.patientParameter === undefined && resourceType !== "Patient" ? [] : [one];
  });
  return [...new Map(found.map((each) => [keyOf(each.resource, each.among), each])).values()];
}

function search(
  resource: string,
  among: string | undefined,
  elements: readonly PlannedElement[],
): PlannedSearch {
  const patientParameter = ["patient", "beneficiary"].find(
    (name) => searchedElements(resource, name) !== undefined,
  );
  return { resource, among, patientParameter, elements };
}

function keyOf(resource: string, among: string | undefined): string {
  return `${resource}?${among ?? ""}`;
}

const measured = {
  type: "fhir",
  access: "read",
  need: "useful",
  minFill: 0,
  systems: [] as string[],
} as const;
