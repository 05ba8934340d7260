import type { Draftable } from "./draft.ts";
import { type Part, inside, isBeyond, isWritten } from "./part.ts";
import type { CompiledRow, Lookup, Place, Target } from "./row.ts";
import type { Scope } from "./scope.ts";
import type { Origin } from "./trace.ts";

/** Where rows read: the segments in sight, and inside a data type the part it is made of. */
export interface Reading {
  readonly scope: Scope;
  readonly part?: Part;
  /** The table of the row that uses the data type. */
  readonly lookup?: Lookup;
}

/**
 * Writes what the rows find into an object.
 *
 * @returns Whether the message gave any of it; constants and references do not count.
 */
export function fill(object: Draftable, rows: readonly CompiledRow[], reading: Reading): boolean {
  let isFilled = false;
  for (const row of rows) {
    if (row.when !== undefined && !row.when(reading, object)) continue;
    if (!row.to.isList && isTaken(object, row.to)) continue;
    if (row.from.length > 0) isFilled = fillFromPlaces(object, row, reading) || isFilled;
    else if (row.refersTo !== undefined) refer(object, row, reading.scope);
    else write(object, row, { value: row.is, reading });
  }
  return isFilled;
}

/** The first place that has a value counts; of a list, all its repetitions. */
function fillFromPlaces(object: Draftable, row: CompiledRow, reading: Reading): boolean {
  const lookup = row.lookup.table === "*" ? (reading.lookup ?? nowhere) : row.lookup;
  for (const place of row.from) {
    let isFilled = false;
    for (const part of partsAt(place, row, reading)) {
      const value = row.as(part, reading.scope, lookup);
      if (value === undefined) continue;
      isFilled = true;
      write(object, row, { value, part, lookup, reading });
      if (!row.to.isList) break;
    }
    if (isFilled) return true;
  }
  return false;
}

function partsAt(place: Place, row: CompiledRow, { scope, part }: Reading): readonly Part[] {
  if (place.segment !== "") return scope.parts(place, row.reach);
  if (part === undefined || isBeyond(part, place.component)) return nothing;
  const piece = place.component === 0 ? part : inside(part, place.component);
  return isWritten(piece) ? [piece] : nothing;
}

function refer(object: Draftable, row: CompiledRow, scope: Scope): void {
  for (const { reference: value, scope: there } of scope.references(row.refersTo ?? "")) {
    write(object, row, { value, reading: { scope: there } });
    if (!row.to.isList) return;
  }
}

/** A value on its way to its place, and why. */
interface Found {
  readonly value: unknown;
  /** Where it was read and by which table; absent for a constant. */
  readonly part?: Part;
  readonly lookup?: Lookup;
  readonly reading: Reading;
}

function write(object: Draftable, row: CompiledRow, found: Found): void {
  const { trace } = found.reading.scope.draft;
  const owner = ownerOf(object, row.to);
  if (!row.to.isList) {
    owner[row.to.key] = found.value;
    trace?.note(owner, row.to.key, originOf(found));
    return;
  }
  const list = listIn(owner, row.to.key);
  const isSeveral = row.to.itemKeys.length === 0 && Array.isArray(found.value);
  for (const value of isSeveral ? (found.value as unknown[]) : [found.value]) {
    if (list.some((other) => isSame(other, value))) continue;
    trace?.note(list, list.length, originOf(found));
    list.push(itemOf(value, row, found.reading));
  }
}

function originOf({ part, lookup }: Found): Origin {
  return part === undefined ? constant : { part, ...(lookup && { lookup }) };
}

function isTaken(object: Draftable, to: Target): boolean {
  let owner: Draftable | undefined = object;
  for (const step of to.owners) owner = owner?.[step] as Draftable | undefined;
  return owner?.[to.key] !== undefined;
}

function ownerOf(object: Draftable, to: Target): Draftable {
  let owner = object;
  for (const step of to.owners) owner = (owner[step] ??= {}) as Draftable;
  return owner;
}

function listIn(owner: Draftable, key: string): unknown[] {
  return (owner[key] ??= []) as unknown[];
}

/** The same reference, or what has the same system and value. A list takes each only once. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null)
    return false;
  if (one === other) return true;
  const [left, right] = [one as Draftable, other as Draftable];
  const { system, value, code } = left;
  return (
    system !== undefined &&
    system === right["system"] &&
    value === right["value"] &&
    code === right["code"]
  );
}

/** The value, or an object with the value inside and what the row puts beside it. */
function itemOf(value: unknown, row: CompiledRow, reading: Reading): unknown {
  if (row.to.itemKeys.length === 0 && row.with.length === 0) return value;
  const item = row.to.itemKeys.reduceRight((inner, key) => ({ [key]: inner }), value);
  if (row.with.length > 0) fill(item as Draftable, row.with, reading);
  return item;
}

const constant: Origin = { rule: "constant" };
const nowhere: Lookup = {};
const nothing: readonly Part[] = [];
