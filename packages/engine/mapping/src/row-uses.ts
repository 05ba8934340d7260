import type { MappingSite } from "./mapping.ts";
import type { CodeRow, CodeTables } from "./tables/code-tables.ts";

/** In how many messages a row of a code table decided something, since it was last asked. */
export interface RowUse {
  readonly table: string;
  readonly local: string;
  readonly count: number;
}

/** A row, and in how many messages it was used. */
export interface CountedRow {
  readonly table: string;
  readonly row: CodeRow;
  count: number;
  /** The number of the last message that used it. */
  message: number;
}

/**
 * Counts which rows the messages of a site use. A row counts once for each message. What was
 * remembered of earlier messages counts as what it was made by.
 */
export class RowUses {
  readonly #rows = new Map<CodeRow, CountedRow>();
  #used: CountedRow[] = [];
  #making: CountedRow[] | undefined;
  #message = 0;
  #isPaused = false;

  beginMessage(): void {
    this.#message += 1;
  }

  /** A row was found. */
  found(table: string, row: CodeRow): void {
    const counted = this.#rows.get(row) ?? this.#add(table, row);
    this.#count(counted);
    this.#making?.push(counted);
  }

  /** What these rows gave was taken again. */
  again(rows: readonly CountedRow[]): void {
    for (const counted of rows) {
      this.#count(counted);
      this.#making?.push(counted);
    }
  }

  /** What something is made by; what is made inside of it belongs to it too. */
  collect<Value>(make: () => Value): {
    readonly value: Value;
    readonly rows: readonly CountedRow[];
  } {
    const around = this.#making;
    const own: CountedRow[] = [];
    this.#making = own;
    try {
      const value = make();
      return { value, rows: own.length > 1 ? [...new Set(own)] : own };
    } finally {
      this.#making = around;
      around?.push(...own);
    }
  }

  /** What an explanation looks up is no traffic. */
  withoutCounting<Value>(work: () => Value): Value {
    this.#isPaused = true;
    try {
      return work();
    } finally {
      this.#isPaused = false;
    }
  }

  /** What was counted; the counts begin anew. */
  take(): readonly RowUse[] {
    const taken = this.#used.map(({ table, row, count }) => ({ table, local: row.local, count }));
    for (const counted of this.#used) counted.count = 0;
    this.#used = [];
    return taken;
  }

  #add(table: string, row: CodeRow): CountedRow {
    const counted = { table, row, count: 0, message: 0 };
    this.#rows.set(row, counted);
    return counted;
  }

  #count(counted: CountedRow): void {
    if (counted.message === this.#message || this.#isPaused) return;
    counted.message = this.#message;
    if (counted.count === 0) this.#used.push(counted);
    counted.count += 1;
  }
}

/** The same site, whose messages are counted by the rows that they use. */
export function countingSite(site: MappingSite): MappingSite & { readonly uses: RowUses } {
  const uses = new RowUses();
  return { ...site, uses, tables: countedTables(site.tables, uses) };
}

/** As the tables give the same object for the same time, so does this. */
function countedTables(tables: CodeTables, uses: RowUses): CodeTables {
  const views = new Map<CodeTables, CodeTables>();
  const counted = (view: CodeTables): CodeTables => {
    const known = views.get(view);
    if (known !== undefined) return known;
    const made: CodeTables = {
      names: view.names,
      rows: (table) => view.rows(table),
      find(table, local) {
        const row = view.find(table, local);
        if (row !== undefined) uses.found(table, row);
        return row;
      },
      on: (day) => counted(view.on(day)),
    };
    views.set(view, made);
    return made;
  };
  return counted(tables);
}
