import type { Extension } from "@trestle/fhir";
import { detached } from "../memory.ts";
import { defaultOf, isByDefault } from "../unmapped-policy.ts";
import type { Draftable } from "./draft.ts";
import { type Part, inside, isBeyond, isWritten } from "./part.ts";
import type { CompiledRow, Lookup, RowSource, Target } from "./row.ts";
import type { Scope } from "./scope.ts";
import type { Origin } from "./trace.ts";

/** Where rows read: the segments in sight, and inside a data type the part it is made of. */
export interface Reading {
  readonly scope: Scope;
  readonly part?: Part | undefined;
  /** The table of the row that uses the data type. */
  readonly lookup?: Lookup | undefined;
  /** Others have told of the object before: what its lists have already is not added again. */
  readonly isFurther?: boolean | undefined;
}

/**
 * Writes what the rows find into an object.
 *
 * @returns Whether the message gave any of it; constants and references do not count.
 */
export function fill(object: Draftable, rows: readonly CompiledRow[], reading: Reading): boolean {
  let isFilled = false;
  for (const row of rows) {
    if (row.run(object, row, reading)) isFilled = true;
  }
  return isFilled;
}

/** A row that reads fields. Most fields are empty, so that this is asked first. */
export function runFromMessage(object: Draftable, row: CompiledRow, reading: Reading): boolean {
  const { scope } = reading;
  for (const source of row.from) {
    const parts = scope.parts(source.place, row.reach);
    if (parts.length === 0) continue;
    if (!applies(object, row, reading)) return false;
    if (writeParts(object, row, { source, parts, reading })) return true;
  }
  return false;
}

/** A row of a data type, which reads components of the part at hand. */
export function runFromPart(object: Draftable, row: CompiledRow, reading: Reading): boolean {
  const { part } = reading;
  if (part === undefined) return false;
  for (const source of row.from) {
    const { component } = source.place;
    if (isBeyond(part, component)) continue;
    const piece = component === 0 ? part : inside(part, component);
    if (!isWritten(piece)) continue;
    if (!applies(object, row, reading)) return false;
    if (writeParts(object, row, { source, parts: [piece], reading })) return true;
  }
  return false;
}

export function runConstant(object: Draftable, row: CompiledRow, reading: Reading): boolean {
  if (applies(object, row, reading)) write(object, row, { value: row.is, reading });
  return false;
}

/** A constant that other rows write into: each object has its own, or a value of one message stays for all others. */
export function runOwnConstant(object: Draftable, row: CompiledRow, reading: Reading): boolean {
  if (applies(object, row, reading)) write(object, row, { value: detached(row.is), reading });
  return false;
}

export function runReference(object: Draftable, row: CompiledRow, reading: Reading): boolean {
  if (!applies(object, row, reading)) return false;
  for (const { reference: value, scope } of reading.scope.references(row.refersTo)) {
    write(object, row, { value, reading: { scope } });
    if (!row.to.isList) break;
  }
  return false;
}

function applies(object: Draftable, row: CompiledRow, reading: Reading): boolean {
  if (!row.to.isList && isTaken(object, row.to)) return false;
  return row.when === undefined || row.when(reading, object);
}

/** What stands at one of the places of a row. */
interface Reached {
  readonly source: RowSource;
  readonly parts: readonly Part[];
  readonly reading: Reading;
}

/** The first part that has a value counts; for a list, all of them. */
function writeParts(object: Draftable, row: CompiledRow, reached: Reached): boolean {
  const { source, parts, reading } = reached;
  const lookup = row.inheritsTable ? (reading.lookup ?? nowhere) : row.lookup;
  let isFilled = false;
  for (const part of parts) {
    const value = source.as(part, reading.scope, lookup);
    const mark = reading.scope.draft.takeMark(value);
    if (value === undefined) continue;
    isFilled = true;
    write(object, row, { value, part, lookup, mark, reading });
    if (mark !== undefined && !row.to.isList)
      writeMark(object, row, { value, part, mark, reading });
    if (!row.to.isList) break;
  }
  return isFilled;
}

/** A value on its way to its place, and why. */
interface Found {
  readonly value: unknown;
  /** Where it was read and by which table; absent for a constant. */
  readonly part?: Part;
  readonly lookup?: Lookup;
  /** Of a value that stands in for a code without a row, and cannot hold its mark itself. */
  readonly mark?: Extension | undefined;
  readonly reading: Reading;
}

function write(object: Draftable, row: CompiledRow, found: Found): void {
  const { trace } = found.reading.scope.draft;
  const owner = ownerOf(object, row.to);
  const { key, isList, itemKeys } = row.to;
  if (!isList) {
    owner[key] = found.value;
    if (trace !== undefined) trace.note(owner, key, originOf(found, row));
    return;
  }
  const list = (owner[key] ??= []) as unknown[];
  const isSeveral = itemKeys.length === 0 && Array.isArray(found.value);
  for (const value of isSeveral ? (found.value as unknown[]) : [found.value]) {
    if (list.some((other) => isSame(other, value))) continue;
    const item = itemOf(value, row, found.reading);
    if (found.reading.isFurther === true && isListed(list, item)) continue;
    if (trace !== undefined) trace.note(list, list.length, originOf(found, row));
    list.push(item);
  }
}

/** Beside a value that is no object, as FHIR has it: `_status` beside `status`. */
function writeMark(object: Draftable, row: CompiledRow, found: Found): void {
  const key = `_${row.to.key}`;
  const value = { extension: [found.mark] };
  write(object, { ...row, to: { ...row.to, key } }, { ...found, value });
}

function originOf({ value, part, lookup, mark }: Found, { id }: CompiledRow): Origin {
  if (part === undefined) return { rule: "constant", by: id };
  const rule = mark !== undefined || isByDefault(value) ? defaultOf(lookup) : undefined;
  return { part, ...(lookup && { lookup }), ...(rule !== undefined && { rule }), by: id };
}

function isTaken(object: Draftable, to: Target): boolean {
  if (to.owners.length === 0) return object[to.key] !== undefined;
  let owner: Draftable | undefined = object;
  for (const step of to.owners) owner = owner?.[step] as Draftable | undefined;
  return owner?.[to.key] !== undefined;
}

function ownerOf(object: Draftable, to: Target): Draftable {
  if (to.owners.length === 0) return object;
  let owner = object;
  for (const step of to.owners) owner = (owner[step] ??= {}) as Draftable;
  return owner;
}

/** The same reference, or what has the same system and value. A list takes each only once. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null)
    return false;
  const [left, right] = [one as Draftable, other as Draftable];
  // What two fields gave alike may be one object from memory, and is two values all the same.
  if (one === other && left["reference"] !== undefined) return true;
  const { system, value, code } = left;
  return (
    system !== undefined &&
    system === right["system"] &&
    value === right["value"] &&
    code === right["code"]
  );
}

/** Alike to the last element: made by the same rows, so that these stand in the same order. */
function isListed(list: readonly unknown[], item: unknown): boolean {
  const known = printed.get(list) ?? { texts: new Set(), count: 0 };
  printed.set(list, known);
  for (const other of list.slice(known.count)) known.texts.add(JSON.stringify(other));
  known.count = list.length;
  return known.texts.has(JSON.stringify(item));
}

/** The items of lists that are added to, as text, and how many were printed. */
const printed = new WeakMap<readonly unknown[], { readonly texts: Set<string>; count: number }>();

/** The value, or an object with the value inside and what the row puts beside it. */
function itemOf(value: unknown, row: CompiledRow, reading: Reading): unknown {
  const { itemKeys } = row.to;
  if (itemKeys.length === 0 && row.with.length === 0) return value;
  let item = value;
  for (let index = itemKeys.length - 1; index >= 0; index -= 1) {
    item = { [itemKeys[index] ?? ""]: item };
  }
  if (row.with.length > 0) fill(item as Draftable, row.with, reading);
  return item;
}

const nowhere: Lookup = {};
