import type { Component, Hl7Message, Repetition, Segment } from "@trestle/hl7v2";
import type { Group } from "../structure/group.ts";
import { type OwnSegments, readGroups } from "../structure/read-groups.ts";
import { Distinct } from "./distinct.ts";

/** A repetition and what of it reached the result. */
export interface Looked {
  readonly repetition: Repetition;
  readonly written: readonly Component[];
  readonly lost: readonly Component[];
}

/**
 * Segments that say what one before them says of the same thing, but for their number: `AL1[1]` of
 * `AL1`. A note of a second order repeats none of the first.
 *
 * @param own The segments of a site's own, which the site has put into a group.
 */
export function repeatsIn(
  message: Hl7Message,
  own: OwnSegments | undefined,
): ReadonlyMap<string, string> {
  const distinct = new Distinct();
  const things = thingsIn(readGroups(message, own), distinct);
  const first = new Map<number, string>();
  return new Map(
    message.segments.flatMap((segment): [string, string][] => {
      const thing = things.get(segment);
      if (thing === undefined) return [];
      const said = distinct.numberOfAll([thing, contentOf(segment)]);
      const before = first.get(said);
      if (before === undefined) first.set(said, segment.at);
      return before === undefined ? [] : [[segment.at, before]];
    }),
  );
}

/**
 * What each segment is about, as a number. One that begins a group, such as a diagnosis, is about
 * the group around; of two groups that say the same throughout each is about what the other is.
 */
function thingsIn(root: Group, distinct: Distinct): ReadonlyMap<Segment, number> {
  const things = new Map<Segment, number>();
  const look = (group: Group, around: number) => {
    const thing = distinct.numberOfAll([around, group.name, ...group.own.map(contentOf)]);
    for (const segment of group.own) things.set(segment, segment.at === group.at ? around : thing);
    for (const inner of group.groups) look(inner, thing);
  };
  look(root, distinct.numberOf(""));
  return things;
}

function contentOf({ raw }: Segment): string {
  return raw.replace(/^(?<name>...)\|\d*\|/u, "$<name>||");
}

/** The same was said of the same thing before, and reached the result. */
export function isSaidBefore(
  at: string,
  repeats: ReadonlyMap<string, string>,
  lost: ReadonlySet<string>,
): boolean {
  const end = at.indexOf("-");
  const before = repeats.get(at.slice(0, end));
  return before !== undefined && !lost.has(before + at.slice(end));
}

/** What reached the result of somebody or something, by the number or code, or the name, of whom or what. */
export type Said = ReadonlyMap<string, ReadonlySet<string>>;

export function saidIn(all: readonly Looked[]): Said {
  const said = new Map<string, Set<string>>();
  for (const { written, lost } of all) {
    for (const component of written.filter((each) => !lost.includes(each))) {
      for (const name of namesOf(component)) {
        const known = said.get(name);
        if (known === undefined) said.set(name, new Set([component.raw]));
        else known.add(component.raw);
      }
    }
  }
  return said;
}

/**
 * Repetitions that another field has too, beside the same ones: PV1-7 names a physician by two
 * numbers and OBR-16 by the same two, of which the first names the person and the second says
 * nothing that PV1-7 did not.
 */
export function saidInLikeFields(all: readonly Looked[]): ReadonlySet<string> {
  const several = all.filter(({ repetition: { field } }) => field.repetitions.length > 1);
  const alike = Map.groupBy(several, ({ repetition: { field } }) => field.raw);
  return new Set([...alike.values()].flatMap(saidElsewhereIn));
}

/** @param alike All repetitions of fields that say the same. */
function saidElsewhereIn(alike: readonly Looked[]): readonly string[] {
  const [used, unused] = [alike.filter(isUsed), alike.filter((each) => !isUsed(each))];
  const usedFields = new Set(used.map(({ repetition }) => fieldOf(repetition)));
  const said = new Set(used.map(({ repetition }) => repetition.raw));
  return unused
    .map(({ repetition }) => repetition)
    .filter((each) => usedFields.has(fieldOf(each)) && said.has(each.raw))
    .map(({ at }) => at);
}

function isUsed({ written, lost }: Looked): boolean {
  return lost.length < written.length;
}

function fieldOf({ field }: Repetition): string {
  return `${field.segment.at}-${field.number}`;
}

/** Another component says the same of the same, or more: `GABLE&VAN` says what `GABLE` does. */
export function isSaid(component: Component, said: Said): boolean {
  return namesOf(component).some((name) =>
    said
      .get(name)
      ?.values()
      .some((other) => saysNoMore(component, other)),
  );
}

/** Which component of whom or what it is: by number or code, and by name. */
function namesOf({ repetition, number }: Component): readonly string[] {
  if (repetition.componentCount < 2) return [];
  return [1, 2].flatMap((by) => {
    const who = repetition.component(by).raw;
    return who === "" ? [] : [JSON.stringify([by, who, number])];
  });
}

function saysNoMore({ raw, repetition }: Component, other: string): boolean {
  const { subcomponent } = repetition.field.segment.separators;
  const theirs = other.split(subcomponent);
  return raw.split(subcomponent).every((piece, index) => piece === "" || piece === theirs[index]);
}
