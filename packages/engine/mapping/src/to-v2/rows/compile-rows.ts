import { text } from "../datatypes/text.ts";
import type { CompiledRow, Place, Row, Way } from "./row.ts";

/** Takes the text of a segment's rows apart, once; `map` begins their ids. */
export function compileRows(map: string, rows: readonly Row[]): readonly CompiledRow[] {
  return rows.map((row) => compile(map, row, wayOf));
}

/** The same for a data type, whose rows begin at the value. */
export function compileComponents(
  type: string,
  rows: readonly Row<number>[],
): readonly CompiledRow[] {
  return rows.map((row) => compile(type, row, insideWay));
}

function compile(
  map: string,
  row: Row<string | number>,
  way: (written: string) => Way,
): CompiledRow {
  const place = String(row.to).replace("[]", "");
  return {
    id: [map, place, ...(row.id === undefined ? [] : [row.id])].join("."),
    to: typeof row.to === "number" ? componentPlace(row.to) : placeOf(row.to),
    from: [row.from ?? []].flat().map(way),
    where: row.where ?? (() => true),
    takesFirst: row.takes === "first",
    as: row.as ?? text,
    is: row.is,
    counts: row.counts === true,
    when: row.when,
    lookup: row,
  };
}

function componentPlace(component: number): Place {
  return { field: 0, component, isList: false };
}

function placeOf(written: string): Place {
  const parts = placeShape.exec(written)?.groups;
  if (parts === undefined) throw new TypeError(`“${written}” is no place in a message`);
  const { field, component = "0", list } = parts;
  return { field: Number(field), component: Number(component), isList: list !== undefined };
}

function wayOf(written: string): Way {
  const [name = "", ...steps] = written.split(".");
  return { name, steps };
}

function insideWay(written: string): Way {
  return { name: "", steps: written === "" ? [] : written.split(".") };
}

const placeShape =
  /^[A-Z][A-Z0-9]{2}-(?<field>[1-9]\d*)(?:\.(?<component>[1-9]\d*)|(?<list>\[\]))?$/u;
