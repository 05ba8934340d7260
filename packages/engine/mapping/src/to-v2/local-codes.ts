import type { CodeRow, CodeTables } from "../tables/code-tables.ts";

/** What local code stands for a standard one. */
export interface LocalCode {
  readonly row: CodeRow;
  /** How many rows say the same. */
  readonly count: number;
}

/**
 * The code tables of a site, read from the standard's code to the local one. Of several rows the
 * first that is mapped counts, else the first that is proposed; the site's rows stand before the
 * product's. Each table is prepared when it is first asked for, then a look-up is one step.
 */
export class LocalCodes {
  readonly #tables: CodeTables;
  readonly #byTable = new Map<string, ReadonlyMap<string, LocalCode>>();

  constructor(tables: CodeTables) {
    this.#tables = tables;
  }

  /** @param system Undefined for a code of FHIR's own, which its element names without a system. */
  find(table: string, system: string | undefined, code: string): LocalCode | undefined {
    return this.#table(table).get(keyOf(system, code));
  }

  /** The row whose local code or display is this text; case does not count. */
  findWords(table: string, words: string): CodeRow | undefined {
    const row = this.#tables.find(table, words);
    if (row !== undefined) return row;
    const wanted = words.trim().toLowerCase();
    return this.#tables.rows(table).find(({ display }) => display.toLowerCase() === wanted);
  }

  /** All rows of a table with this system, in order. */
  ofSystem(table: string, system: string): readonly CodeRow[] {
    return this.#tables.rows(table).filter((row) => row.system === system);
  }

  #table(name: string): ReadonlyMap<string, LocalCode> {
    const known = this.#byTable.get(name);
    if (known !== undefined) return known;
    const made = new Map<string, LocalCode>();
    for (const row of this.#tables.rows(name)) {
      if (row.status === "not mapped on purpose") continue;
      for (const key of [keyOf(row.system, row.code), keyOf(undefined, row.code)]) {
        made.set(key, better(made.get(key), row));
      }
    }
    this.#byTable.set(name, made);
    return made;
  }
}

function better(known: LocalCode | undefined, row: CodeRow): LocalCode {
  if (known === undefined) return { row, count: 1 };
  const isBetter = known.row.status === "proposed" && row.status === "mapped";
  return { row: isBetter ? row : known.row, count: known.count + 1 };
}

function keyOf(system: string | undefined, code: string): string {
  return `${system ?? ""}|${code}`;
}
