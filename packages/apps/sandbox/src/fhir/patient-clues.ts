import type { Person } from "../chart/chart.ts";
import type { Ids } from "./ids.ts";
import { isSameName } from "./search/match-string.ts";
import type { PatientClues } from "./store.ts";

/**
 * Whether somebody may be the one who is looked for, told by the person alone: no resource is made.
 * It is true of everybody whom the clues mean, and of a few whom they do not.
 */
export function mayBe(
  { numbers, families, givens, birthDate }: PatientClues,
  ids: Ids,
): (person: Person) => boolean {
  const isNumber = numbers === undefined ? yes : hasNumber(numbers, ids);
  const isFamily = families === undefined ? yes : isLike(families);
  const isGiven = givens === undefined ? yes : isLike(givens);
  const born = birthDate?.replaceAll("-", "");
  return (person) =>
    (born === undefined || person.birthDate === born) &&
    isNumber(person) &&
    isFamily(person.family) &&
    (isGiven(person.given) || isGiven(person.middle));
}

/** Every number of a person ends in one of two, but for the ids, which say whose they are. */
function hasNumber(numbers: readonly string[], ids: Ids): (person: Person) => boolean {
  const owners = new Set(numbers.flatMap((number) => ids.read(number)?.owner ?? []));
  return ({ mrn, epi }) =>
    numbers.some((number) => number.endsWith(mrn) || number.endsWith(epi)) ||
    (owners.size > 0 && owners.has(Number(mrn)));
}

/** Many people share a name, so each name is compared once. */
function isLike(asked: readonly string[]): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const answer = asked.some((each) => isSameName(name, each));
    known.set(name, answer);
    return answer;
  };
}

function yes(): boolean {
  return true;
}
