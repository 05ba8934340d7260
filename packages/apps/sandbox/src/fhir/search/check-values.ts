import type { OutcomeIssue } from "@trestle/epic";
import type { OfferedType } from "../capability/resource-types.ts";
import type { Visit } from "../http/visit.ts";
import { isAccepted } from "./accepted-values.ts";
import { parseAskedDate } from "./match-date.ts";
import { parseToken } from "./match-token.ts";
import type { Asked } from "./matcher.ts";
import { searchParameter } from "./parameter.ts";

/** Parameters that can be looked for, and what is to be said of the others. */
export interface CheckedValues {
  readonly asked: readonly Asked[];
  readonly issues: readonly OutcomeIssue[];
}

/**
 * Holds values against what parameters take. What a parameter does not know finds nothing and gets a
 * warning, 59101; what cannot be read is left out with an information, 59109.
 *
 * @throws {Refused} 4115, where a parameter that is needed has no value that it takes.
 */
export function checkValues(
  visit: Visit,
  { type, needs }: OfferedType,
  given: readonly Asked[],
): CheckedValues {
  const checked = given.map((each) => checkOne(visit, type, each));
  for (const { name, values } of given) {
    const isNeeded = needs.some((group) => group.includes(name));
    const isUseless = values.every((value) => !isAccepted(type, name, parseToken(value).code));
    const others = given.filter(
      (each) =>
        each.name !== name &&
        needs.some((group) => group.includes(name) && group.includes(each.name)),
    );
    if (isNeeded && isUseless && others.length === 0) {
      throw visit.outcomes.refusal("4115", {
        diagnostics: `Invalid ${name}: ${values.join(",")}`,
        element: name,
      });
    }
  }
  return {
    asked: checked.flatMap(({ asked }) => asked),
    issues: checked.flatMap(({ issues }) => issues),
  };
}

function checkOne({ outcomes, server }: Visit, type: string, asked: Asked): CheckedValues {
  const { name, values } = asked;
  const isReadable = (value: string): boolean =>
    readable({ type, name, value, offsetMs: server.offsetMs });
  const unreadable = values.filter((value) => !isReadable(value));
  const unknown = values.filter((value) => !isAccepted(type, name, parseToken(value).code));
  const issues = [
    ...unreadable.map((value) =>
      outcomes.issue("59109", { diagnostics: `Optional ${name} invalid: ${value}`, element: name }),
    ),
    ...unknown.map((value) =>
      outcomes.issue("59101", {
        diagnostics: `Unknown value for ${name}: ${value}`,
        element: name,
      }),
    ),
  ];
  const left = values.filter((value) => isReadable(value));
  return { asked: left.length === 0 ? [] : [{ name, values: left }], issues };
}

interface Value {
  readonly type: string;
  readonly name: string;
  readonly value: string;
  readonly offsetMs: (at: number) => number;
}

function readable({ type, name, value, offsetMs }: Value): boolean {
  // The hospital has a list of its own for the class of a visit, and knows no other.
  if (type === "Encounter" && name === "class") return /^\d+$/u.test(parseToken(value).code);
  if (searchParameter(type, name)?.kind !== "date") return true;
  return parseAskedDate(value, offsetMs) !== undefined;
}
