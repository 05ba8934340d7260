import type * as knowledge from "@trestle/fhir/elements";
import { defaultTableNames } from "@trestle/mapping/configuration";
import type { CrossProblem, Parts } from "./parts.ts";
import { hintFor, unknownName } from "./unknown-name.ts";
import type { HarmlessRule } from "./what-if-settings.ts";

/** Checks that harmless differences are of elements, sites and code tables that there are. */
export async function checkWhatIf(parts: Parts): Promise<readonly CrossProblem[]> {
  const rules = parts.whatIf?.harmless ?? [];
  if (rules.length === 0) return [];
  // It knows all elements of R4, which most hubs need not hold.
  const elements = await import("@trestle/fhir/elements");
  return rules.flatMap((rule, index) => [
    ...unknownElement(rule, { index, elements }),
    ...namesOf(parts, rule, index),
  ]);
}

function namesOf(
  { sites, tables }: Parts,
  { site, table }: HarmlessRule,
  index: number,
): readonly CrossProblem[] {
  const ofSites = [...tables.values()].flatMap((all) => [...all.keys()]);
  return [
    { what: "site", name: site, known: [...sites.keys()], of: "sites/" },
    { what: "table", name: table, known: [...defaultTableNames(), ...ofSites], of: "tables/" },
  ].flatMap(({ what, name, known, of }) => {
    if (name === undefined) return [];
    return unknownName({ at: { file, path: ["harmless", index, what] }, what, name, known, of });
  });
}

/** Only what an element's kind is about has the name of an element. */
function unknownElement(
  { path, kind = "changed" }: HarmlessRule,
  { index, elements }: { index: number; elements: typeof knowledge },
): readonly CrossProblem[] {
  if (!ofElements.has(kind)) return [];
  const [resourceType = "", ...steps] = path.split(".");
  const at = { file, path: ["harmless", index, "path"] };
  if (!elements.isType(resourceType)) return [{ ...at, ...noType(resourceType) }];
  let type = resourceType;
  for (const step of steps) {
    // Behind these, nothing can be said.
    if (step.startsWith("*") || step.startsWith("_") || type === "Resource") return [];
    const found = elements.elementAt(type, step);
    if (found === undefined) {
      const text = `${type} of R4 has no “${step}”.`;
      const hint = hintFor(step, elements.elementNames(type), `R4's ${type}`);
      return [{ ...at, code: "integration.unknownElement", text, hint }];
    }
    type = found.type;
  }
  return [];
}

function noType(name: string) {
  return {
    code: "integration.unknownType",
    text: `R4 has no resource “${name}”.`,
    hint: "Begin with a type of resource, such as Observation; or name the kind that the rule is about.",
  };
}

const file = "what-if.yaml";
const ofElements: ReadonlySet<string> = new Set(["added", "removed", "changed"]);
