import type { Component, Hl7Message, Repetition } from "@trestle/hl7v2";

/** A repetition and what of it reached the result. */
export interface Looked {
  readonly repetition: Repetition;
  readonly written: readonly Component[];
  readonly lost: readonly Component[];
}

/** Segments that say what one before them says, but for their number: `AL1[1]` of `AL1`. */
export function repeatsIn({ segments }: Hl7Message): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  return new Map(
    segments.flatMap((segment): [string, string][] => {
      const content = segment.raw.replace(/^(?<name>...)\|\d*\|/u, "$<name>||");
      const before = first.get(content);
      if (before === undefined) first.set(content, segment.at);
      return before === undefined ? [] : [[segment.at, before]];
    }),
  );
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

/** What of a repetition reached the result. */
export function saidIn({ written, lost }: Looked): readonly string[] {
  return written.filter((component) => !lost.includes(component)).flatMap(sayingOf);
}

/** What a component says, of whom or what: by number or code, and by name. */
export function sayingOf({ repetition, number, raw }: Component): readonly string[] {
  if (repetition.componentCount < 2) return [];
  return [1, 2].flatMap((by) => {
    const who = repetition.component(by).raw;
    return who === "" ? [] : [JSON.stringify([by, who, number, raw])];
  });
}
