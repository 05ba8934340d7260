import type { PlaceOf } from "@trestle/config";
import type { CodeRow } from "@trestle/mapping";
import { type ColumnName, tablePlaces } from "@trestle/mapping/configuration";

/** The path of a cell, by which a problem between files can name it. */
export function tablePath(
  { local, from = "" }: CodeRow,
  column: ColumnName,
): readonly [local: string, from: string, column: ColumnName] {
  return [local, from, column];
}

/** Finds what `tablePath` names in the text of a table. */
export function placesOfTable(text: string): PlaceOf {
  const placeOf = tablePlaces(text);
  return ([local = "", from = "", column = "local"]) =>
    placeOf(
      { local: String(local), ...(from !== "" && { from: String(from) }) },
      column as ColumnName,
    );
}
