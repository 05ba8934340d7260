import { isType } from "@trestle/fhir/elements";
import { modifiersOf } from "@trestle/fhir/modifiers";
import { searchedElements } from "@trestle/fhir/searched-elements";
import { type Asked, type Needs, type Parameter, needsEverything } from "./needs.ts";
import { alwaysKept } from "./subset.ts";

/**
 * The name of the first parameter that would look where the application may not: into an element that
 * it does not need, or by a chain into other types. Whether something matches, in which order, and
 * what comes along with it are answers too. What cannot be decided counts as such. Undefined where
 * there is none.
 */
export function refusedParameter(
  needs: Needs,
  { type, parameters }: Pick<Asked, "type" | "parameters">,
): string | undefined {
  if (needsEverything(needs)) return undefined;
  return parameters.find((each) => !isAllowed(each, { type, needs }))?.[0];
}

function isAllowed([name, value]: Parameter, asked: { type: string; needs: Needs }): boolean {
  const { type, needs } = asked;
  const [base = ""] = name.split(":");
  if (name.includes(".")) return false;
  if (base === "_include" || base === "_revinclude") return mayComeAlong(value, needs);
  if (base === "_sort") return sortedBy(value).every((each) => mayLook(each, type, needs));
  return mayLook(base, type, needs);
}

/** What is sorted by shows in the order. */
function sortedBy(value: string): readonly string[] {
  return value.split(",").map((each) => each.trim().replace(/^-/u, ""));
}

function mayLook(parameter: string, type: string, { elements }: Needs): boolean {
  if (ofAnswer.has(parameter)) return true;
  const searched = searchedElements(type, parameter);
  const needed = elements[type];
  if (searched === undefined) return needed === undefined && /^[A-Za-z]/u.test(parameter);
  if (needed === undefined) return true;
  const kept = new Set([...needed, ...alwaysKept, ...modifiersOf(type), ...whose]);
  return searched.every((element) => kept.has(element));
}

/** That one thing comes along with another shows the reference between them. */
function mayComeAlong(value: string, needs: Needs): boolean {
  if (Object.keys(needs.elements).length === 0) return true;
  const { source = "", parameter = "" } = inclusion.exec(value)?.groups ?? {};
  if (!isType(source)) return false;
  return parameter === "*"
    ? !Object.hasOwn(needs.elements, source)
    : mayLook(parameter, source, needs);
}

/** `Observation:subject`, `Observation:subject:Patient`, `Observation:*`. */
const inclusion = /^(?<source>[A-Za-z]+):(?<parameter>[\w-]+|\*)(?::[A-Za-z]+)?$/u;

/** Parameters about the answer, which look into nothing. Others that begin so may look anywhere. */
const ofAnswer: ReadonlySet<string> = new Set([
  "_count",
  "_total",
  "_score",
  "_contained",
  "_containedType",
]);

/** Who asks for what there is of a patient knows whose it is. */
const whose: readonly string[] = ["patient", "subject", "beneficiary"];
