import { Buffer } from "node:buffer";
import type { CodeRow } from "@trestle/mapping";
import { tableErrors } from "../errors.ts";
import { gridOf } from "./print-code-table.ts";
import type { Sheet } from "./sheet.ts";

/**
 * Reads one sheet of a workbook as texts: numbers with the digits that are stored, days as
 * `2026-03-01`. What a spreadsheet took for a number has lost its leading zeros for good; format such
 * columns as text there.
 *
 * @param sheet Its name; the first where left out.
 * @throws {TrestleError} `tables.badWorkbook`, `tables.noSheet`
 * @see ISO/IEC 29500-1 (SpreadsheetML)
 */
export async function readXlsx(bytes: Uint8Array, sheet?: string): Promise<Sheet> {
  const { readSheet, SheetNotFoundError } = await import("read-excel-file/node");
  try {
    const rows = await readSheet(Buffer.from(bytes), sheet ?? 1, { parseNumber: String });
    return rows.map((row) => row.map(textOf));
  } catch (error) {
    if (error instanceof SheetNotFoundError) throw tableErrors.noSheet({}, error);
    throw tableErrors.badWorkbook({}, error);
  }
}

/** A workbook of one sheet; every cell is a text, so that no code becomes a number. */
export async function writeXlsx(rows: readonly CodeRow[]): Promise<Uint8Array> {
  const { default: writeExcelFile } = await import("write-excel-file/node");
  const [header = [], ...lines] = gridOf(rows);
  const cells = lines.map((line) => line.map((value) => ({ value, type: String })));
  const bold = header.map((value) => ({ value, type: String, fontWeight: "bold" as const }));
  const columns = header.map((name) => ({ width: widths[name] ?? 14 }));
  return writeExcelFile([bold, ...cells], { columns, stickyRowsCount: 1 }).toBuffer();
}

function textOf(cell: string | number | boolean | object | null): string {
  if (cell === null) return "";
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === "object" ? "" : String(cell);
}

/** In characters. */
const widths: Readonly<Record<string, number>> = { display: 40, system: 44, note: 40, status: 24 };
