import type { Filed } from "../store.ts";
import { matchesDate, parseAskedDate } from "./match-date.ts";
import { matchesReference } from "./match-reference.ts";
import { matchesName, matchesString } from "./match-string.ts";
import { matchesToken, parseToken } from "./match-token.ts";
import { type ParameterKind, type SearchParameter, searchParameter } from "./parameter.ts";
import { type Json, valuesAt } from "./values.ts";

/** One parameter of a search. Values in one of them are alternatives: `status=active,completed`. */
export interface Asked {
  readonly name: string;
  readonly values: readonly string[];
}

export type Matches = (filed: Filed) => boolean;

/**
 * Makes of parameters one question to a resource; all of them must hold. What they mean is read once
 * and not for each resource.
 *
 * @param offsetMs The hospital's zone, for dates without an offset.
 */
export function matcher(
  type: string,
  asked: readonly Asked[],
  offsetMs: (at: number) => number,
): Matches {
  const questions = asked.flatMap(({ name, values }) => {
    const parameter = searchParameter(type, name);
    return parameter === undefined ? [] : [questionOf({ name, values, parameter, offsetMs })];
  });
  return (filed) => questions.every((holds) => holds(filed));
}

interface Question extends Asked {
  readonly parameter: SearchParameter;
  readonly offsetMs: (at: number) => number;
}

function questionOf(question: Question): Matches {
  const { parameter } = question;
  const tests = question.values.map((value) => testOf(value, question));
  return ({ resource }) =>
    parameter.paths.some((path) =>
      valuesAt(resource, path).some((found) => tests.some((test) => test(found, path.target))),
    );
}

type Test = (found: Json, target: string | undefined) => boolean;

function testOf(value: string, { name, parameter, offsetMs }: Question): Test {
  return makeTest[parameter.kind](value, { name, offsetMs });
}

const makeTest: Readonly<
  Record<ParameterKind, (value: string, about: Pick<Question, "name" | "offsetMs">) => Test>
> = {
  token(value) {
    const token = parseToken(value);
    return (found) => matchesToken(found, token);
  },
  reference: (value) => (found, target) => matchesReference(found, value, target),
  date(value, { offsetMs }) {
    const date = parseAskedDate(value, offsetMs);
    return (found) => date !== undefined && matchesDate(found, date, offsetMs);
  },
  string: (value, { name }) =>
    names.has(name) ? (found) => matchesName(found, value) : (found) => matchesString(found, value),
};

/** Found by their sound too. */
const names: ReadonlySet<string> = new Set(["family", "given", "phonetic"]);
