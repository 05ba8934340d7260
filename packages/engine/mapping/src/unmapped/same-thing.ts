import type { Field, Hl7Message, Repetition } from "@trestle/hl7v2";
import type { Explained } from "../mapping.ts";

/** A resource by the fields that it was made of, `OBX[1]-24`. */
export interface Made {
  /** What its id was made from. */
  readonly idFrom: string;
  /** What gave it anything else. */
  readonly from: ReadonlySet<string>;
}

/** The resources of a result, by number, whose ids were made from fields of the message. */
export function madeIn({ sources }: Explained): readonly Made[] {
  const made = new Map<string, { idFrom: string; from: Set<string> }>();
  for (const { path, field } of sources) {
    const [, number = "", element] = /^entry\[(\d+)\]\.resource\.(\w+)/u.exec(path) ?? [];
    const of = made.get(number) ?? { idFrom: "", from: new Set<string>() };
    const [at = ""] = /^...(?:\[\d+\])?-\d+/u.exec(field ?? "") ?? [];
    if (element === "id") of.idFrom = at;
    else of.from.add(at);
    made.set(number, of);
  }
  return [...made.values()].filter(({ idFrom }) => idFrom !== "");
}

/**
 * Whether an earlier segment said the same of the same thing, so that the result has it from there:
 * the address of a laboratory stands beside each of its results, and once in the Organization. Two
 * segments name the same thing in a field of which they say the same, if the id of a resource was
 * made from it in the one and none in the other.
 */
export function isSaidOfSameThing(
  { field, raw }: Repetition,
  { message, made }: { message: Hl7Message; made: readonly Made[] },
): boolean {
  const { segment, number } = field;
  const all = message.all(segment.name);
  return all.slice(0, all.indexOf(segment)).some((before) => {
    const said = before.field(number);
    if (!said.repetitions.some((each) => each.raw === raw)) return false;
    const names = namesOf(said, made);
    return names.some(
      (name) =>
        before.field(name).raw === segment.field(name).raw &&
        !made.some(({ idFrom }) => idFrom === `${segment.at}-${name}`),
    );
  });
}

/** The fields beside it that made the ids of resources to which it gave something. */
function namesOf({ segment, number }: Field, made: readonly Made[]): readonly number[] {
  const own = `${segment.at}-`;
  return made
    .filter(({ idFrom, from }) => idFrom.startsWith(own) && from.has(`${own}${number}`))
    .map(({ idFrom }) => Number(idFrom.slice(own.length)))
    .filter((name) => name !== number);
}
