import { modifiersOf } from "@trestle/fhir/modifiers";
import { searchedElements } from "@trestle/fhir/searched-elements";
import { type Asked, type Needs, type Parameter, needsEverything } from "./needs.ts";
import { alwaysKept } from "./subset.ts";

/**
 * The name of the first parameter that would look where the application may not: into an element that
 * it does not need, or by a chain into other types. Whether something matches is an answer too. What
 * cannot be decided counts as such. Undefined where there is none.
 */
export function refusedParameter(
  needs: Needs,
  { type, parameters }: Pick<Asked, "type" | "parameters">,
): string | undefined {
  if (needsEverything(needs)) return undefined;
  return parameters.flatMap(namesIn).find((name) => !isAllowed(name, type, needs));
}

/** What is sorted by shows in the order. */
function namesIn([name, value]: Parameter): readonly string[] {
  if (name !== "_sort") return [name];
  return value.split(",").map((each) => each.trim().replace(/^-/u, ""));
}

function isAllowed(name: string, type: string, { elements }: Needs): boolean {
  const [base = ""] = name.split(":");
  if (name.includes(".") || beyond.has(base)) return false;
  const needed = elements[type];
  if (needed === undefined) return true;
  const searched = searchedElements(type, base);
  if (searched === undefined) return base.startsWith("_");
  const kept = new Set([...needed, ...alwaysKept, ...modifiersOf(type), ...whose]);
  return searched.every((element) => kept.has(element));
}

/** Parameters that look into other resources, or into all that one says. */
const beyond: ReadonlySet<string> = new Set([
  "_has",
  "_filter",
  "_query",
  "_list",
  "_text",
  "_content",
]);

/** Who asks for what there is of a patient knows whose it is. */
const whose: readonly string[] = ["patient", "subject", "beneficiary"];
