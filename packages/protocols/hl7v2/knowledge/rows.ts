import { isBefore } from "../src/knowledge/versions.ts";
import type { SourceField, SourceVersion } from "hl7-dictionary";
import dictionary from "hl7-dictionary";
import { supplement } from "./source.ts";

/** A segment or a data type with what its parts are since which version. */
export interface Definition {
  readonly name: string;
  title: string;
  /** By number, from 1; each list in the order of the versions. */
  readonly parts: Map<number, Row[]>;
}

/** What a field or component is from a version on. */
export interface Row {
  readonly since: string;
  readonly type: string;
  /** R required, O optional, C conditional, B withdrawn or kept for older versions. */
  readonly usage: string;
  /** How often it may repeat; `*` without a bound. */
  readonly repeats: string;
  readonly length: string;
  readonly table: string;
  readonly name: string;
}

type Kind = "segments" | "types";

/** Every definition of every version; a row stands only where something changed. */
export function definitions(kind: Kind): readonly Definition[] {
  const found = new Map<string, Definition>();
  for (const [version, source] of Object.entries(dictionary.definitions)) {
    for (const { name, title, parts } of entriesOf(source, kind)) {
      const definition = entered(found, typeName(name));
      definition.title = tidied(title);
      parts.forEach((part, index) => add(definition, index + 1, rowOf(version, part)));
    }
  }
  for (const definition of supplemented(kind)) merge(found, definition);
  for (const { parts } of found.values()) {
    for (const [number, rows] of parts) parts.set(number, spelledAlike(rows));
  }
  return [...found.values()].sort(byName);
}

interface Entry {
  readonly name: string;
  readonly title: string;
  readonly parts: readonly SourceField[];
}

function entriesOf(source: SourceVersion, kind: Kind): readonly Entry[] {
  if (kind === "types") {
    return Object.entries(source.fields).map(([name, { desc, subfields = [] }]) => ({
      name,
      title: desc,
      parts: subfields,
    }));
  }
  return Object.entries(source.segments).map(([name, { desc, fields }]) => ({
    name,
    title: desc,
    parts: fields,
  }));
}

/** The text of the data file. */
export function printDefinitions(list: readonly Definition[]): string {
  return list.map(({ name, title, parts }) => `= ${name} ${title}\n${printParts(parts)}`).join("");
}

function printParts(parts: Definition["parts"]): string {
  return [...parts]
    .sort(([first], [second]) => first - second)
    .flatMap(([number, rows]) => rows.map((row) => printRow(number, row)))
    .join("");
}

function printRow(number: number, row: Row): string {
  const { since, type, usage, repeats, length, table, name } = row;
  return `${[number, since, type, usage, repeats, length, table, name].join("|")}\n`;
}

function entered(found: Map<string, Definition>, name: string): Definition {
  const known = found.get(name) ?? { name, title: "", parts: new Map<number, Row[]>() };
  found.set(name, known);
  return known;
}

function add({ parts }: Definition, number: number, row: Row): void {
  const rows = parts.get(number) ?? [];
  const last = rows.at(-1);
  const next = last === undefined ? row : kept(last, row);
  if (last === undefined || !isSame(last, next)) rows.push(next);
  parts.set(number, rows);
}

/**
 * What the package leaves out from 2.7 on is filled from the version before: it has no type for
 * fields that were withdrawn, and ST for those whose type another field names.
 */
function kept(last: Row, row: Row): Row {
  const isWithdrawn = row.usage === "B" && row.type === "ST";
  const isVaried = last.type === "varies" && row.type === "ST";
  return {
    ...row,
    type: isWithdrawn || isVaried ? last.type : row.type,
    table: isWithdrawn && row.table === "" ? last.table : row.table,
  };
}

/** Names that differ in capitals and marks alone are written as the newest version does. */
function spelledAlike(rows: readonly Row[]): Row[] {
  const alike: Row[] = [];
  let newer = "";
  for (const row of rows.toReversed()) {
    newer = folded(newer) === folded(row.name) ? newer : row.name;
    alike.unshift({ ...row, name: newer });
  }
  return alike.filter((row, index) => {
    const before = alike[index - 1];
    return before === undefined || !isSame(before, row);
  });
}

function isSame(first: Row, second: Row): boolean {
  return JSON.stringify({ ...first, since: "" }) === JSON.stringify({ ...second, since: "" });
}

function rowOf(since: string, field: SourceField): Row {
  const table = field.table === undefined ? "" : String(field.table).padStart(4, "0");
  return {
    since,
    type: typeName(field.datatype),
    usage: usages[field.opt] ?? "O",
    repeats: repeatsOf(field.rep),
    // 65536 and 99999 say that there is no bound.
    length: field.len === undefined || field.len >= 65_536 ? "" : String(field.len),
    table,
    name: tidied(field.desc),
  };
}

/** Above 100 the package has the number of the table, or the length, where the count belongs. */
function repeatsOf(count: number): string {
  if (count === 0) return "*";
  return count === 1 || count > 100 ? "" : String(count);
}

function typeName(name: string): string {
  return name === "VARIES" ? "varies" : name;
}

function tidied(text: string): string {
  return text
    .trim()
    .replace(/(?<=\S) {3}(?=\S)/gu, " - ")
    .replace(/\s+/gu, " ")
    .replace(/ \+$/u, "");
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/gu, "");
}

function byName(first: Definition, second: Definition): number {
  return first.name < second.name ? -1 : 1;
}

function supplemented(kind: Kind): readonly Definition[] {
  const list: Definition[] = [];
  for (const line of supplement(kind)) {
    if (line.startsWith("= ")) {
      const [name = "", ...title] = line.slice(2).split(" ");
      list.push({ name, title: title.join(" "), parts: new Map() });
      continue;
    }
    const [number = "", since = "", type = "", usage = "", ...rest] = line.split("|");
    const [repeats = "", length = "", table = "", name = ""] = rest;
    const row = { since, type, usage, repeats, length, table, name };
    const last = list.at(-1)?.parts;
    last?.set(Number(number), [...(last.get(Number(number)) ?? []), row]);
  }
  return list;
}

/** A row takes the place of the package's for the same version, or stands between its rows. */
function merge(found: Map<string, Definition>, { name, title, parts }: Definition): void {
  const definition = entered(found, name);
  if (title !== "") definition.title = title;
  for (const [number, rows] of parts) {
    const others = (definition.parts.get(number) ?? []).filter(
      (known) => !rows.some(({ since }) => since === known.since),
    );
    definition.parts.set(number, [...others, ...rows].sort(bySince));
  }
}

function bySince(first: Row, second: Row): number {
  return isBefore(first.since, second.since) ? -1 : 1;
}

const usages: Readonly<Record<number, string>> = { 1: "O", 2: "R", 3: "C", 4: "B" };
