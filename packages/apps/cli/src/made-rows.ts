import type { CodeRow } from "@trestle/mapping";
import type { RowsRead } from "./io/table-file.ts";

/** Rows to import, without those that the site's settings make by themselves. */
interface RowsToImport extends RowsRead {
  /** How many say what the settings say. */
  readonly madeToo: number;
}

/**
 * Leaves out of an import what site.yaml makes: a row of a flowsheet is said there, and once. One that
 * means something else than there is a problem.
 *
 * @param tables The table's rows in its file, and all that the site has.
 */
export function withoutMade(
  read: RowsRead,
  tables: { readonly own: readonly CodeRow[]; readonly all: readonly CodeRow[] },
): RowsToImport {
  const inFile = new Set(tables.own.map(keyOf));
  const made = new Map(
    tables.all.filter((row) => !inFile.has(keyOf(row))).map((row) => [keyOf(row), row]),
  );
  const problems = read.rows.flatMap((row) => {
    const other = made.get(keyOf(row));
    const isOther = other !== undefined && meaningOf(other) !== meaningOf(row);
    return isOther ? [{ ...madeOtherwise(meaningOf(other)), at: row.local }] : [];
  });
  const rows = read.rows.filter((row) => !made.has(keyOf(row)));
  return {
    rows,
    problems: [...read.problems, ...problems],
    madeToo: read.rows.length - rows.length - problems.length,
  };
}

/** Code tables do not tell capitals apart. */
function keyOf({ local }: CodeRow): string {
  return local.toLowerCase();
}

function meaningOf({ system, code }: CodeRow): string {
  return `${system} ${code}`;
}

function madeOtherwise(meaning: string) {
  return {
    code: "cli.madeOtherwise",
    text: `The site's flowsheets make this row, and mean ${meaning}.`,
    hint: "Leave it out; or change what the flowsheet means in integration.yaml, or its rows in site.yaml.",
  };
}
