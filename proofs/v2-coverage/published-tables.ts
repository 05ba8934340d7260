import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { corporaFolder } from "../corpora-folder.ts";

/** One line of a published table that names a FHIR element. */
export interface PublishedRow {
  /** The table, `PID[Patient]`, `CX[Identifier]`. */
  readonly table: string;
  /** `PID-5`, `CX.4`; empty for a constant that hangs on no field. */
  readonly from: string;
  readonly dataType: string;
  /** When the line applies, as the table writes it for machines; mostly empty. */
  readonly condition: string;
  /** When the line applies, in words; mostly empty. */
  readonly narrative: string;
  /** The element, `identifier[1].type.coding.code`. */
  readonly element: string;
  /** The data type table to use, `CX[Identifier]`; mostly empty. */
  readonly dataTypeTable: string;
  /** The code table to use; mostly empty. */
  readonly codeTable: string;
  /** A constant that the element takes, without quotes; undefined where the field gives the value. */
  readonly constant: string | undefined;
}

/** One line of a published code table. */
export interface PublishedCode {
  readonly local: string;
  readonly condition: string;
  readonly code: string;
  readonly system: string;
}

const folder = corporaFolder("v2-to-fhir");

/** Whether the published tables are there; they are not part of the project. */
export function hasPublishedTables(): boolean {
  return existsSync(folder);
}

/** The segment tables by name, such as `PID[Patient]`. */
export function segmentTables(): ReadonlyMap<string, readonly PublishedRow[]> {
  return tablesIn("segments", rowsOf);
}

/** The data type tables by name, such as `CX[Identifier]`. */
export function dataTypeTables(): ReadonlyMap<string, readonly PublishedRow[]> {
  return tablesIn("datatypes", rowsOf);
}

/** The code tables by name, such as `AdministrativeSex`. */
export function publishedCodes(): ReadonlyMap<string, readonly PublishedCode[]> {
  return tablesIn("codesystems", (_name, lines) =>
    lines.map((cells) => ({
      local: cell(cells, 0),
      condition: cell(cells, 3),
      code: cell(cells, 6),
      system: cell(cells, 9),
    })),
  );
}

/** The codes that a published table maps; a segment table may write its name with blanks. */
export function codesFor(name: string): readonly PublishedCode[] {
  codes ??= publishedCodes();
  const rows = codes.get(name) ?? codes.get(name.replaceAll(/[\s/]/gu, "")) ?? [];
  return rows.filter(({ local, code }) => local !== "" && code !== "");
}

let codes: ReadonlyMap<string, readonly PublishedCode[]> | undefined;

/** The segment tables that the published message tables use, with those messages. */
export function tablesOfMessages(): ReadonlyMap<string, readonly string[]> {
  const used = new Map<string, string[]>();
  for (const [message, tables] of tablesIn("messages", (_name, lines) =>
    lines.map((cells) => cell(cells, 10)),
  )) {
    for (const table of new Set(tables)) {
      if (table !== "") used.set(table, [...(used.get(table) ?? []), message]);
    }
  }
  return used;
}

function tablesIn<Row>(
  kind: string,
  read: (name: string, lines: readonly (readonly string[])[]) => readonly Row[],
): ReadonlyMap<string, readonly Row[]> {
  const files = readdirSync(join(folder, kind)).filter((file) => file.endsWith(".csv"));
  return new Map(
    files.sort().map((file) => {
      const name = /(?:R4_|Map_) (?<name>.+?) - /u.exec(file)?.groups?.["name"] ?? file;
      return [name, read(name, linesOf(join(folder, kind, file)))];
    }),
  );
}

/** The first two lines of each table are its headings. */
function linesOf(file: string): readonly (readonly string[])[] {
  const lines: string[][] = parse(readFileSync(file), { bom: true, relaxColumnCount: true });
  return lines.slice(2);
}

function rowsOf(table: string, lines: readonly (readonly string[])[]): readonly PublishedRow[] {
  return lines
    .filter((cells) => cell(cells, 9) !== "")
    .map((cells) => {
      // Some tables write the constant behind the element: `status="finished"`.
      const [element = "", written] = cell(cells, 9).split("=", 2);
      return {
        table,
        from: cell(cells, 1),
        dataType: cell(cells, 3),
        condition: cell(cells, 6),
        narrative: cell(cells, 8),
        element,
        dataTypeTable: cell(cells, 14),
        codeTable: cell(cells, 15),
        constant: constantFor(element, [
          written ?? "",
          ...[16, 17, 18].map((index) => cell(cells, index)),
        ]),
      };
    });
}

/** A reference takes no constant; where a table gives it one, the line above or below is meant. */
function constantFor(element: string, cells: readonly string[]): string | undefined {
  if (/\([A-Z]\w+(?:\[\d+\])?\)$/u.test(element)) return undefined;
  const isCoded = /\.(?:code|system)$/u.test(element);
  return cells
    .map((written) => constantIn(written) ?? (isCoded ? bareConstantIn(written) : undefined))
    .find((constant) => constant !== undefined);
}

function cell(cells: readonly string[], index: number): string {
  return (cells[index] ?? "").trim();
}

/** `"PLAC"`, and nothing for an expression such as `OBX-5.1+"-"+OBX-5.2`. */
function constantIn(assignment: string): string | undefined {
  const constant = /^"\s*(?<constant>[^"]*?)[\s.]*"$/u.exec(assignment)?.groups?.["constant"];
  return constant?.replace(
    /^https?:\/\/hl7\.org\/fhir\/(?:v\\)?5\.0\//u,
    "http://hl7.org/fhir/5.0/",
  );
}

/** A code or a system that a table writes without quotes. */
function bareConstantIn(assignment: string): string | undefined {
  return /^(?:[a-z]+|https?:\/\/\S+)$/u.exec(assignment)?.[0];
}
