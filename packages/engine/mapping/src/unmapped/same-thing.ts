import type { Field, Hl7Message, Repetition, Segment } from "@trestle/hl7v2";
import type { Explained } from "../mapping.ts";
import { Distinct } from "./distinct.ts";

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
 * What segments say of things, to find what an earlier one said already, so that the result has it
 * from there: the address of a laboratory stands beside each of its results, and once in the
 * Organization. Two segments name the same thing in a field of which they say the same, if the id of
 * a resource was made from it in the one and none in the other.
 */
export class SaidOfThings {
  readonly #lines: ReadonlyMap<string, number>;
  readonly #idsFrom: ReadonlySet<string>;
  readonly #distinct = new Distinct();
  /** The line that said it first, by what was said of what. */
  readonly #first = new Map<number, number>();
  /** For a field such as `OBX-24` the numbers of those beside it that name what it tells of. */
  readonly #names = new Map<string, Set<number>>();

  constructor({ segments }: Hl7Message, made: readonly Made[]) {
    this.#lines = new Map(segments.map(({ at }, line) => [at, line]));
    this.#idsFrom = new Set(made.map(({ idFrom }) => idFrom));
    for (const { idFrom, from } of made) {
      const [at = "", name] = idFrom.split("-");
      const segment = segments[this.#lines.get(at) ?? -1];
      const told = [...from].map((place) => place.split("-"));
      for (const [where, number] of told) {
        if (where !== at || number === name || segment === undefined) continue;
        this.#note(segment.field(Number(number)), Number(name));
      }
    }
  }

  /** Whether an earlier segment said the same of the same thing. */
  isSaidBefore(repetition: Repetition): boolean {
    const { segment, number } = repetition.field;
    return [...(this.#names.get(`${segment.name}-${number}`) ?? [])].some((name) => {
      if (this.#idsFrom.has(`${segment.at}-${name}`)) return false;
      const first = this.#first.get(this.#sayingOf(repetition, name));
      return first !== undefined && first < this.#lineOf(segment);
    });
  }

  #note(field: Field, name: number): void {
    const { segment, number, repetitions } = field;
    const place = `${segment.name}-${number}`;
    this.#names.set(place, (this.#names.get(place) ?? new Set()).add(name));
    for (const repetition of repetitions) {
      const saying = this.#sayingOf(repetition, name);
      const line = this.#lineOf(segment);
      this.#first.set(saying, Math.min(line, this.#first.get(saying) ?? line));
    }
  }

  /** What is said of the thing that the field of that number names. */
  #sayingOf({ field, raw }: Repetition, name: number): number {
    const { segment, number } = field;
    const places = `${segment.name}-${number} ${segment.name}-${name}`;
    return this.#distinct.numberOfAll([places, raw, segment.field(name).raw]);
  }

  #lineOf({ at }: Segment): number {
    return this.#lines.get(at) ?? 0;
  }
}
