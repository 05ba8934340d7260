import { wrongCode } from "@trestle/code-tables/wrong-code";
import type { NeedsSettings } from "./needs-settings.ts";
import type { CrossProblem, Parts } from "./parts.ts";
import { hintFor } from "./unknown-name.ts";

/** Checks what the application needs: scopes that can be read, and elements that R4 has. */
export async function checkNeeds({ needs }: Parts): Promise<readonly CrossProblem[]> {
  if (needs === undefined) return [];
  const elements = Object.entries(needs.elements);
  const ofElements = elements.length === 0 ? [] : await checkElements(elements);
  const ofScopes = needs.scopes.length === 0 ? [] : await checkScopes(needs.scopes);
  const ofData = needs.data.length === 0 ? [] : await checkData(needs);
  return [...ofScopes, ...ofElements, ...ofData, ...checkFlowsheets(needs)];
}

/** A code that cannot be one of its system would be given to every site's row. */
function checkFlowsheets({ flowsheets }: NeedsSettings): readonly CrossProblem[] {
  return Object.entries(flowsheets).flatMap(([name, { title: display, system, code }]) => {
    const row = { local: "", display, system, code, status: "mapped", note: "" } as const;
    const found = wrongCode(row);
    if (found === undefined) return [];
    const { column, ...problem } = found;
    return [{ file, path: ["flowsheets", name, column], ...problem }];
  });
}

/** Loaded where it is needed: it reads FHIRPaths, for which there is a library. */
async function checkData(needs: NeedsSettings): Promise<readonly CrossProblem[]> {
  const { checkDataElements } = await import("./check-data-elements.ts");
  return checkDataElements(needs);
}

/** Loaded where it is needed: few hubs' applications read over FHIR. */
async function checkScopes(all: readonly string[]): Promise<readonly CrossProblem[]> {
  const { parseScopes } = await import("@trestle/smart/parse-scopes");
  const { elementAt } = await import("@trestle/fhir/elements");
  const { searchedElements } = await import("@trestle/fhir/searched-elements");
  const isCode = (type: string, name: string) =>
    searchedElements(type, name)?.every((element) => {
      const found = elementAt(type, element);
      return found !== undefined && codes.has(found.type);
    }) ?? false;
  return all.flatMap((text, index) => {
    const [scope, ...more] = parseScopes(text);
    const place = { file, path: ["scopes", index] };
    if (scope?.kind !== "resource" || more.length > 0) return [{ ...place, ...badScope }];
    const { context, permissions, resourceType, query } = scope;
    const isForReading = permissions.every((each) => each === "r" || each === "s");
    if (context !== "system" || !isForReading) return [{ ...place, ...badScope }];
    const isDecidable = query.every(({ name }) => isCode(resourceType, name));
    return isDecidable ? [] : [{ ...place, ...badScopeQuery }];
  });
}

/** Types of elements that are compared with the values of a scope's query. */
const codes: ReadonlySet<string> = new Set(["code", "Coding", "CodeableConcept"]);

const badScopeQuery = {
  code: "integration.badScopeQuery",
  text: "Nothing could be given by this scope: its query is not by a code of this type.",
  hint: "Write a search parameter of the type that looks into codes, such as ?category=laboratory.",
};

const badScope = {
  code: "integration.badScope",
  text: "This is no scope by which the hub may read.",
  hint: "Write one such as system/Patient.rs, system/Observation.r or system/*.rs.",
};

/** Loaded where it is needed: it knows all elements of R4, which most hubs need not hold. */
async function checkElements(
  all: readonly (readonly [string, readonly string[]])[],
): Promise<readonly CrossProblem[]> {
  const { elementNames, isType } = await import("@trestle/fhir/elements");
  return all.flatMap(([type, names]): CrossProblem[] => {
    if (!isType(type)) return [unknownType(type)];
    const known = elementNames(type);
    return names.flatMap((name, index) =>
      isElement(name, known)
        ? []
        : [
            {
              file,
              path: ["elements", type, index],
              code: "integration.unknownElement",
              text: `${type} has no element “${name}”.`,
              hint: hintFor(name, known, `${type} of FHIR R4`),
            },
          ],
    );
  });
}

/** A choice is named without its types: `value` of valueQuantity, valueString and so on. */
function isElement(name: string, known: readonly string[]): boolean {
  const forms = known.filter(
    (each) => each.startsWith(name) && /^[A-Z]/u.test(each.slice(name.length)),
  );
  return known.includes(name) || forms.length > 1;
}

function unknownType(type: string): CrossProblem {
  return {
    file,
    path: ["elements", type],
    part: "key",
    code: "integration.unknownType",
    text: `FHIR R4 has no resource type “${type}”.`,
    hint: "Write it as the standard does, such as Patient or MedicationRequest.",
  };
}

const file = "integration.yaml";
