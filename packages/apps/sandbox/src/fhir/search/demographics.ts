import type { Refused } from "../http/exchange.ts";
import type { Visit } from "../http/visit.ts";
import type { PatientClues } from "../store.ts";
import { plainText } from "./match-string.ts";
import { parseToken } from "./match-token.ts";
import type { Asked } from "./matcher.ts";
import type { SearchRequest } from "./request.ts";
import { spanOf } from "./zoned-time.ts";
import type { OutcomeIssue } from "@trestle/epic";

/** Whether there is anything to look for a patient by. */
export function demographicsProblem(
  { outcomes, server }: Visit,
  request: SearchRequest,
  before: readonly OutcomeIssue[],
): Refused | undefined {
  if (request.native.length === 0) {
    const diagnostics = "This resource requires demographics or _id parameter for searching.";
    return outcomes.refusal("59159", { diagnostics, element: "demographics/_id" }, before);
  }
  const days = valuesOf(request, "birthdate");
  const isDay = (text: string): boolean =>
    /^\d{4}-\d\d-\d\d$/u.test(text) && spanOf(text, server.offsetMs) !== undefined;
  if (days.length === 0 || (days.length === 1 && days.every(isDay))) return undefined;
  const diagnostics = "A single valid date is required for birthdate";
  return outcomes.refusal("59111", { diagnostics, element: "birthdate" }, before);
}

/**
 * Whether demographics are enough to find somebody by: a full name with one thing more. With fewer
 * the hospital lists nobody. An identifier may stand alone.
 */
export function isEnough(request: SearchRequest): boolean {
  const has = (name: string): boolean => valuesOf(request, name).length > 0;
  if (has("identifier")) return true;
  const isNamed = (has("family") && has("given")) || valuesOf(request, "name").some(isFullName);
  const others = [
    "birthdate",
    "gender",
    "legal-sex",
    "telecom",
    "address",
    "address-city",
    "address-postalcode",
  ];
  return isNamed && others.some(has);
}

/** What tells a patient from most others. What has no plain text or number is no clue. */
export function cluesIn(asked: readonly Asked[]): PatientClues {
  const valuesOfFirst = (name: string, isClue: (value: string) => boolean) => {
    const values = asked.find((each) => each.name === name)?.values;
    return values?.every(isClue) === true ? values : undefined;
  };
  const numbers = valuesOfFirst("identifier", (value) => parseToken(value).code !== "");
  const families = valuesOfFirst("family", isName);
  const givens = valuesOfFirst("given", isName);
  return {
    ...(numbers && { numbers: numbers.map((value) => parseToken(value).code) }),
    ...(families && { families }),
    ...(givens && { givens }),
  };
}

function isName(value: string): boolean {
  return plainText(value) !== "";
}

/** `name` is ignored where a part of a name is given. */
export function withoutName(request: SearchRequest): SearchRequest {
  const hasPart = valuesOf(request, "family").length + valuesOf(request, "given").length > 0;
  if (!hasPart) return request;
  return { ...request, native: request.native.filter(({ name }) => name !== "name") };
}

function valuesOf({ native }: SearchRequest, name: string): readonly string[] {
  return native.filter((asked) => asked.name === name).flatMap(({ values }) => values);
}

function isFullName(name: string): boolean {
  return /\S[\s,]+\S/u.test(name);
}
