import { createRequire } from "node:module";

/**
 * Whether a text is a unit of UCUM, in its form that tells capitals apart. What `UcumLhcUtils` of the
 * US National Library of Medicine says counts. Answers are remembered.
 *
 * @see The Unified Code for Units of Measure, 2.1: the case-sensitive form
 */
export function isUcum(unit: string): boolean {
  // The library prints what it makes of a blank, to whatever the process prints to.
  if (/\s/u.test(unit)) return false;
  const known = answers.get(unit);
  if (known !== undefined) return known;
  validator ??= load();
  const answer = validator.validateUnitString(unit).status === "valid";
  if (answers.size >= maxAnswers) answers.clear();
  answers.set(unit, answer);
  return answer;
}

interface Validator {
  validateUnitString(unit: string): { readonly status: "valid" | "invalid" | "error" };
}

/** It takes a tenth of a second to load, so it is not, before a unit asks for it. */
function load(): Validator {
  // The package has no types.
  const { UcumLhcUtils } = require("@lhncbc/ucum-lhc") as {
    readonly UcumLhcUtils: { getInstance(): Validator };
  };
  return UcumLhcUtils.getInstance();
}

const require = createRequire(import.meta.url);
let validator: Validator | undefined;
const answers = new Map<string, boolean>();
const maxAnswers = 10_000;
