import { isType } from "@trestle/fhir/elements";
import { readFhirPath } from "@trestle/fhir/path";
import { searchedElements } from "@trestle/fhir/searched-elements";
import { parseScopes } from "@trestle/smart";
import {
  type DataElement,
  type FhirDataElement,
  nameOfDataElement,
} from "./data-element-settings.ts";
import type { NeedsSettings } from "./needs-settings.ts";
import type { CrossProblem } from "./parts.ts";
import { unknownName } from "./unknown-name.ts";

/** Checks that each data element can be looked for: it exists in R4 and reaches the application. */
export function checkDataElements(needs: Needs): readonly CrossProblem[] {
  const seen = new Set<string>();
  return needs.data.flatMap((element, index) => {
    const name = nameOfDataElement(element);
    if (seen.has(name)) return [at([index], repeated)];
    seen.add(name);
    const ofFlowsheet = checkFlowsheet(element, index, needs);
    return element.type === "fhir" && ofFlowsheet.length === 0
      ? checkFhir(element, index, needs)
      : ofFlowsheet;
  });
}

type Needs = Pick<NeedsSettings, "data" | "elements" | "scopes" | "flowsheets">;

function checkFlowsheet(
  element: DataElement,
  index: number,
  { flowsheets }: Needs,
): readonly CrossProblem[] {
  const { flowsheet: name } = element;
  if (name === undefined) return [];
  const isOf =
    element.type === "fhir"
      ? element.resource === "Observation" && element.access === "read"
      : element.field.startsWith("OBX-");
  if (!isOf) return [at([index, "flowsheet"], notOfFlowsheet)];
  if (element.type === "fhir" && element.among !== undefined)
    return [at([index, "among"], amongFlowsheet)];
  return unknownName({
    at: { file: "integration.yaml", path: ["data", index, "flowsheet"] },
    what: "flowsheet",
    name,
    known: Object.keys(flowsheets),
    of: "flowsheets of integration.yaml",
  });
}

function checkFhir(
  element: FhirDataElement,
  index: number,
  needs: Pick<NeedsSettings, "elements" | "scopes">,
): readonly CrossProblem[] {
  const { resource, path, among, access } = element;
  if (!isType(resource)) return [at([index, "resource"], unknownType(resource))];
  if (among !== undefined && searchedElements(resource, among.split("=")[0] ?? "") === undefined)
    return [at([index, "among"], noParameter(resource))];
  const read = readFhirPath(resource, path);
  if (!read.ok) return [at([index, "path"], read.problem)];
  if (access === "write") return [];
  const { elements, scopes } = needs;
  const isReached = elements[resource]?.includes(read.value.element) ?? true;
  if (!isReached && read.value.element !== "")
    return [at([index, "path"], notReached(element, read.value.element))];
  return isGiven(resource, scopes) ? [] : [at([index, "resource"], noScope(resource))];
}

function isGiven(resource: string, scopes: readonly string[]): boolean {
  return parseScopes(scopes.join(" ")).some(
    (scope) =>
      scope.kind === "resource" &&
      scope.permissions.some((each) => each === "r" || each === "s") &&
      (scope.resourceType === "*" || scope.resourceType === resource),
  );
}

type Words = Pick<CrossProblem, "code" | "text" | "hint">;

function at(path: readonly PropertyKey[], words: Words): CrossProblem {
  return { file: "integration.yaml", path: ["data", ...path], ...words };
}

const repeated: Words = {
  code: "integration.dataRepeated",
  text: "This data element stands in the list before.",
  hint: "Say once what is needed of it.",
};

const notOfFlowsheet: Words = {
  code: "integration.notOfFlowsheet",
  text: "Only observations that are read, and fields of OBX, are of a flowsheet.",
  hint: "Take the flowsheet out, or let the element be of Observation or such as OBX-5.",
};

const amongFlowsheet: Words = {
  code: "integration.amongFlowsheet",
  text: "The flowsheet says already which observations are meant.",
  hint: "Take among out; what is searched for are the codes of the flowsheet at the site.",
};

function unknownType(type: string): Words {
  return {
    code: "integration.unknownType",
    text: `FHIR R4 has no resource type “${type}”.`,
    hint: "Write it as the standard does, such as Patient or MedicationRequest.",
  };
}

function noParameter(type: string): Words {
  return {
    code: "integration.unknownParameter",
    text: `FHIR R4 has no such search parameter of ${type} that looks into its elements.`,
    hint: "Write one with its value, such as category=laboratory.",
  };
}

function notReached({ resource }: FhirDataElement, element: string): Words {
  return {
    code: "integration.dataNotReached",
    text: `It does not reach the application: “${element}” is not among the elements of ${resource}.`,
    hint: `Add ${element} to elements.${resource}, or take it out here.`,
  };
}

function noScope(type: string): Words {
  return {
    code: "integration.dataNoScope",
    text: `No scope lets the application read ${type}.`,
    hint: `Add system/${type}.rs to scopes, or take it out here.`,
  };
}
