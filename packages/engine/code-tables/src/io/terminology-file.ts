import { createReadStream, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CsvError, parse } from "csv-parse";
import { wrongCode } from "../checks/wrong-code.ts";
import { tableErrors } from "../errors.ts";
import { type Line, type Term, newerVersion, termFileOf } from "../terminology/term.ts";

/** What a terminology is, and how much of it was loaded. */
export interface LoadedTerminology {
  readonly system: string;
  /** As a reason names it: LOINC, SNOMED CT, or the system. */
  readonly title: string;
  /** Empty where neither the file nor a person says it. */
  readonly version: string;
  readonly names: number;
  /** Lines that were left out because their code cannot be one of the system. */
  readonly wrongCodes: number;
}

export interface TerminologyToLoad {
  readonly file: string;
  /** Undefined where the columns say it. */
  readonly system: string | undefined;
  readonly title: (system: string) => string;
  readonly version: string | undefined;
  /** Where the index goes, which is replaced as a whole, by the system that it turned out to be. */
  readonly target: (system: string) => string;
}

/**
 * Makes the index of a terminology from its owner's file, line by line, so that memory does not grow
 * with it. Until it is whole the earlier one is used, and where it fails that one stays.
 *
 * @throws {TrestleError} `tables.badTerminology`, `tables.otherTerminology`, `tables.badCsv`; and what
 * the file system says.
 */
export async function loadTerminology(wanted: TerminologyToLoad): Promise<LoadedTerminology> {
  try {
    return await load(wanted);
  } catch (error) {
    throw error instanceof CsvError ? tableErrors.badCsv({}, error) : error;
  }
}

async function load(wanted: TerminologyToLoad): Promise<LoadedTerminology> {
  const lines = linesOf(wanted.file);
  const first = await lines.next();
  const known = first.done === true ? undefined : termFileOf(Object.keys(first.value));
  const system = known?.system ?? wanted.system;
  if (first.done === true || known === undefined || system === undefined) {
    throw tableErrors.badTerminology();
  }
  if (wanted.system !== undefined && wanted.system !== system) throw tableErrors.otherTerminology();
  const target = wanted.target(system);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const writer = new TermWriter(`${target}.new`, system);
  try {
    let version = "";
    for (let line: Line | undefined = first.value; line !== undefined;) {
      version = newerVersion(version, known.versionOf(line));
      const term = known.termOf(line);
      if (term !== undefined) writer.add(term);
      const next: IteratorResult<Line, void> = await lines.next();
      line = next.done === true ? undefined : next.value;
    }
    const title = wanted.title(system);
    const loaded = writer.finish({ system, title, version: wanted.version ?? version });
    renameSync(`${target}.new`, target);
    return loaded;
  } catch (error) {
    writer.close();
    rmSync(`${target}.new`, { force: true });
    throw error;
  }
}

/** Release format 2 is parted by tabs and has no quotes. */
async function* linesOf(file: string): AsyncGenerator<Line, void> {
  const isTabbed = file.toLowerCase().endsWith(".txt");
  const how = isTabbed ? { delimiter: "\t", quote: null } : {};
  const options = { columns: true, bom: true, relax_column_count: true, ...how } as const;
  const source = createReadStream(file);
  const parser = source.pipe(parse(options));
  source.on("error", (error) => parser.destroy(error));
  for await (const line of parser) yield line as Line;
}

class TermWriter {
  readonly #db: DatabaseSync;
  readonly #add: ReturnType<DatabaseSync["prepare"]>;
  readonly #system: string;
  #names = 0;
  #wrongCodes = 0;

  constructor(file: string, system: string) {
    rmSync(file, { force: true });
    this.#system = system;
    this.#db = new DatabaseSync(file);
    // A file that is not whole is thrown away, so that it needs no journal.
    this.#db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
      CREATE TABLE terminology (facts TEXT NOT NULL) STRICT;
      CREATE VIRTUAL TABLE names USING fts5 (name, also, code UNINDEXED,
        tokenize = 'unicode61 remove_diacritics 2');
      CREATE VIRTUAL TABLE words USING fts5vocab (names, row);
      BEGIN`);
    this.#add = this.#db.prepare("INSERT INTO names (name, also, code) VALUES (?, ?, ?)");
  }

  add({ code, name, also }: Term): void {
    const row = { local: "", display: name, system: this.#system, code, note: "" };
    if (wrongCode({ ...row, status: "mapped" }) === undefined) {
      this.#add.run(name, also, code);
      this.#names += 1;
    } else this.#wrongCodes += 1;
  }

  finish(facts: Pick<LoadedTerminology, "system" | "title" | "version">): LoadedTerminology {
    const loaded = { ...facts, names: this.#names, wrongCodes: this.#wrongCodes };
    this.#db.prepare("INSERT INTO terminology (facts) VALUES (?)").run(JSON.stringify(loaded));
    this.#db.exec("COMMIT; PRAGMA synchronous = FULL; PRAGMA user_version = 1");
    this.#db.close();
    return loaded;
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}
