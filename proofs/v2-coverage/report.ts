import type { JudgedCode } from "./judge-codes.ts";
import type { Judged } from "./judged.ts";
import { tablesOfMessages } from "./published-tables.ts";
import { type Counted, countsOf, sharePercent } from "./share.ts";

/** Everything that was judged. */
export interface Findings {
  readonly segments: readonly Judged[];
  readonly dataTypes: readonly Judged[];
  readonly codes: readonly JudgedCode[];
}

/** The findings as Markdown: what is missing most stands first. */
export function report({ segments, dataTypes, codes }: Findings): string {
  const used = tablesOfMessages();
  const byCode = Map.groupBy(codes, ({ table }) => table);
  return [
    ...introduction,
    ...section(
      "Segments",
      Map.groupBy(segments, ({ row }) => row.table),
      used,
    ),
    ...section(
      "Data types",
      Map.groupBy(dataTypes, ({ row }) => row.table),
    ),
    ...section("Codes", byCode),
    ...listing(
      "segments",
      Map.groupBy(segments, ({ row }) => row.table),
    ),
    ...listing(
      "data types",
      Map.groupBy(dataTypes, ({ row }) => row.table),
    ),
    "",
    "## Missing codes",
    "",
    ...[...byCode].flatMap(([table, own]) => codeLine(table, own)),
  ].join("\n");
}

type Tables<Each> = ReadonlyMap<string, readonly Each[]>;

function section<Each extends Counted>(
  title: string,
  tables: Tables<Each>,
  messages: ReadonlyMap<string, readonly string[]> = new Map(),
): readonly string[] {
  return [
    "",
    `## ${title}`,
    "",
    "| Table | Lines | Covered by source | Covered by constant | Differ on purpose | Missing | Share | In messages |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    tableLine("all", [...tables.values()].flat(), ""),
    ...ranked(tables).map(([table, rows]) =>
      tableLine(table, rows, (messages.get(table) ?? []).join(" ")),
    ),
  ];
}

function tableLine(table: string, rows: readonly Counted[], messages: string): string {
  const counts = countsOf(rows);
  const { lines, covered, byConstant, differs, missing } = counts;
  const share = `${sharePercent(counts).toFixed(1)} %`;
  return `| ${[table, lines, covered - byConstant, byConstant, differs, missing, share, messages].join(" | ")} |`;
}

function ranked<Each extends Counted>(tables: Tables<Each>) {
  return [...tables].toSorted(([, a], [, b]) => countsOf(b).missing - countsOf(a).missing);
}

function listing(title: string, tables: Tables<Judged>): readonly string[] {
  const lists = ranked(tables).flatMap(([table, rows]) => {
    const missing = rows.filter(({ verdict }) => verdict === "missing");
    return missing.length === 0 ? [] : ["", `### ${table}`, "", ...missing.map(missingLine)];
  });
  return ["", `## Missing lines of ${title}`, ...lists];
}

function missingLine({ row, difference }: Judged): string {
  const constant = row.constant === undefined ? "" : ` = ${row.constant}`;
  const when = [row.condition, row.narrative].filter((text) => text !== "").join("; ");
  const untrue =
    difference === undefined ? "" : ` (declared, but it does not reach ${difference.instead})`;
  return `- ${row.from || "(no field)"} → \`${row.element}${constant}\`${when === "" ? "" : `, ${oneLine(when)}`}${untrue}`;
}

function codeLine(table: string, codes: readonly JudgedCode[]): readonly string[] {
  const missing = codes.filter(({ verdict }) => verdict === "missing").map(({ code }) => code);
  if (missing.length === 0) return [];
  return [`- ${table}: ${missing.map(({ local, code }) => `${local} → ${code}`).join(", ")}`];
}

function oneLine(text: string): string {
  const plain = text.replaceAll(/\s+/gu, " ");
  return plain.length > 120 ? `${plain.slice(0, 119)}…` : plain;
}

const introduction = [
  "A line of a published table that names a FHIR element is tried: in the smallest message that has its segment, just its field is filled. It is covered when the explanation shows a value at the element that has the field as its source; a constant of the table must stand beside such a value, or come only with the field. Of a data type each component is tried in a covered field that the tables read by it, of a code table each code. It differs on purpose when `packages/engine/mapping/declarations/differences.csv` says so with a reason; where that names another element, the field must reach it. All else is missing.",
];
