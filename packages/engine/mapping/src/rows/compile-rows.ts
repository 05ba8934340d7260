import { text } from "../datatypes/text.ts";
import { looksAtFields } from "./conditions.ts";
import { runConstant, runFromMessage, runFromPart, runOwnConstant, runReference } from "./fill.ts";
import { placeOf, targetOf } from "./place.ts";
import { rowName } from "./row-name.ts";
import { recalled } from "./recurring.ts";
import type { CompiledRow, PlaceInReach, Row, RowSource, RunRow } from "./row.ts";

/**
 * Takes the text of rows apart and decides how each is to be run, once.
 *
 * @param name Begins their ids.
 * @param among All rows that write into the same object.
 */
export function compileRows(
  name: string,
  rows: readonly Row[],
  among: readonly Row[] = rows,
): readonly CompiledRow[] {
  return rows.map((row) => {
    const from = sourcesOf(row, among);
    return {
      id: `${name}.${rowName(row)}`,
      to: targetOf(row.to),
      when: row.when,
      run: runOf(row, from, among),
      from,
      reach: row.reach ?? "here",
      is: row.is,
      refersTo: row.refersTo ?? "",
      with: compileRows(name, row.with ?? []),
      lookup: row,
      inheritsTable: row.table === "*",
    };
  });
}

/** Whether the rows look at nothing but the part they are given, as those of a data type do. */
export function readOnlyThePart(rows: readonly CompiledRow[]): boolean {
  return rows.every(
    (row) =>
      row.refersTo === "" &&
      (row.when === undefined || !looksAtFields(row.when)) &&
      row.from.every(({ place }) => place.segment === "") &&
      readOnlyThePart(row.with),
  );
}

/** The fields that rows read, apart from the part they are given. */
export function fieldsReadBy(rows: readonly CompiledRow[]): readonly PlaceInReach[] {
  return rows.flatMap((row) => [
    ...row.from.flatMap(({ place }) => (place.segment === "" ? [] : [{ place, reach: row.reach }])),
    ...fieldsReadBy(row.with),
  ]);
}

function runOf(row: Row, from: readonly RowSource[], among: readonly Row[]): RunRow {
  const [first] = from;
  if (first !== undefined) return first.place.segment === "" ? runFromPart : runFromMessage;
  if (row.refersTo !== undefined) return runReference;
  return typeof row.is === "object" && isWrittenInto(row, among) ? runOwnConstant : runConstant;
}

function sourcesOf(row: Row, among: readonly Row[]): readonly RowSource[] {
  const as = row.as ?? text;
  const recurs = as.recurs === true && row.table !== "*" && !isWrittenInto(row, among);
  return [row.from ?? []].flat().map((written) => {
    const place = placeOf(written);
    return { place, as: recurs && place.segment !== "" ? recalled(as) : as };
  });
}

/** Whether some row writes into what this one gives, which then cannot serve other messages too. */
function isWrittenInto(row: Row, among: readonly Row[]): boolean {
  const path = row.to.replace("[]", "");
  const isInside = (other: Row) =>
    other !== row && (other.to.startsWith(`${path}.`) || other.to.startsWith(`${path}[]`));
  if (row.with !== undefined && row.with.length > 0) {
    return row.to.endsWith("[]") || row.with.some(({ to }) => to.includes("."));
  }
  return row.to.endsWith("]") ? false : among.some(isInside);
}
