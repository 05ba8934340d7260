import type { Edit } from "./document.ts";
import { hl7v2Errors } from "./errors.ts";
import type { Place } from "./place.ts";
import { type Separators, isHeader } from "./separators.ts";

/**
 * Writes `raw` in place of the part that a place names. Where the segment does not reach that far,
 * empty parts are added up to it; writing nothing there changes nothing.
 *
 * @throws {TrestleError} `hl7v2.noSeparator` where MSH-2 declares none that is needed.
 */
export function writePart(segment: string, at: Located, raw: string): Edit {
  const { from, to, missing } = find(segment, at);
  return { from, to, text: raw === "" ? "" : missing + raw };
}

/**
 * Puts `raw` in front of the part that a place names; those behind it move on.
 *
 * @throws {TrestleError} `hl7v2.noSeparator` where MSH-2 declares none that is needed.
 */
export function insertPart(segment: string, at: Located, raw: string): Edit {
  const { from, to, missing, isOnly, mark } = find(segment, at);
  if (missing !== "") return { from: to, to, text: raw === "" ? "" : missing + raw };
  if (isOnly && from === to) return { from, to, text: raw };
  if (mark === "") throw hl7v2Errors.noSeparator();
  return { from, to: from, text: raw + mark };
}

/** Takes the part out; those behind it move up. Nothing where there is no such part. */
export function removePart(segment: string, at: Located): Edit {
  const { from, to, missing, outer, mark } = find(segment, at);
  if (missing !== "") return { from: to, to, text: "" };
  if (to < outer.to) return { from, to: to + mark.length, text: "" };
  return { from: from > outer.from ? from - mark.length : from, to, text: "" };
}

/** A place and the separators by which to find it. */
export interface Located {
  readonly place: Place;
  readonly separators: Separators;
}

interface Found {
  readonly from: number;
  readonly to: number;
  /** What has to be written in front of a value, since the segment does not reach that far. */
  readonly missing: string;
  /** The part that this one is cut from. */
  readonly outer: { readonly from: number; readonly to: number };
  /** What parts it from its neighbours. */
  readonly mark: string;
  readonly isOnly: boolean;
}

function find(segment: string, { place, separators }: Located): Found {
  const isHeadless = isHeader(segment.slice(0, 3));
  let found: Found = {
    from: 0,
    to: segment.length,
    missing: "",
    outer: { from: 0, to: segment.length },
    mark: "",
    isOnly: true,
  };
  for (const { mark, number } of steps(place, separators, isHeadless)) {
    found = inside(segment, found, { mark, number });
  }
  return found;
}

interface Step {
  readonly mark: string;
  /** From 0. */
  readonly number: number;
}

function steps(place: Place, separators: Separators, isHeadless: boolean): readonly Step[] {
  const { field = 0, repetition, component, subcomponent } = place;
  // MSH-1 is the separator itself, so that MSH-3 is the third part and PID-3 the fourth.
  const list: Step[] = [{ mark: separators.field, number: isHeadless ? field - 1 : field }];
  const isInside = component !== undefined || repetition !== undefined;
  if (isInside) list.push({ mark: separators.repetition, number: repetition ?? 0 });
  if (component !== undefined) list.push({ mark: separators.component, number: component - 1 });
  if (subcomponent !== undefined) {
    list.push({ mark: separators.subcomponent, number: subcomponent - 1 });
  }
  return list;
}

function inside(segment: string, outer: Found, { mark, number }: Step): Found {
  if (mark === "" && number > 0) throw hl7v2Errors.noSeparator();
  let { from } = outer;
  let passed = 0;
  for (; passed < number; passed += 1) {
    const at = indexWithin(segment, mark, { from, to: outer.to });
    if (at === -1) break;
    from = at + 1;
  }
  const missing = outer.missing + mark.repeat(number - passed);
  const end = indexWithin(segment, mark, { from, to: outer.to });
  const to = end === -1 || missing !== "" ? outer.to : end;
  const start = missing === "" ? from : to;
  const isOnly = number === 0 && to === outer.to;
  return { from: start, to, missing, outer: { from: outer.from, to: outer.to }, mark, isOnly };
}

function indexWithin(text: string, mark: string, { from, to }: { from: number; to: number }) {
  if (mark === "") return -1;
  const at = text.indexOf(mark, from);
  return at === -1 || at >= to ? -1 : at;
}
