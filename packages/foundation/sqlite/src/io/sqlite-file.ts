import { DatabaseSync, type StatementSync } from "node:sqlite";
import { TrestleError } from "@trestle/base";
import { sqliteErrors } from "../errors.ts";

/** How a file is opened. */
export interface SqliteOptions {
  /** Path, or `:memory:` for tests that need no durability. */
  readonly file: string;
  /** Statements by version, oldest first; each is run once in the file's life. Never edited. */
  readonly migrations: readonly string[];
  /** Bytes of pages kept in memory. */
  readonly cacheBytes?: number;
  /**
   * Size of a page when the file is made. Large pages suit rows that are only added at the end,
   * small ones rows that change here and there, for a commit writes whole pages.
   */
  readonly pageBytes?: number;
  /** Most bytes the write-ahead log keeps; bounds the time a restart takes. */
  readonly walBytes?: number;
  /**
   * Milliseconds between two commits at least. Work that comes sooner waits and shares the next one,
   * so that under load a commit writes a page once for many changes. Work that comes seldom waits
   * for nothing.
   */
  readonly pauseMs?: number;
}

/** A unit of work waits for the commit it shares with the others of its turn. */
interface Waiting {
  run(): void;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * One SQLite file with one writer.
 *
 * All work that was asked for within a few turns of the event loop shares one commit, and with it
 * one sync of the disk. Work is synchronous and may be run a second time if another unit of the same
 * commit fails, so it must do nothing but change this file.
 */
export class SqliteFile {
  /** The writing connection. Statements on it belong inside `transact`, or only read. */
  readonly writer: DatabaseSync;
  /** For readers: sees what was committed, never half of a transaction. */
  readonly reader: DatabaseSync;
  #waiting: Waiting[] = [];
  #isScheduled = false;
  #isOpen = true;
  readonly #begin: StatementSync;
  readonly #end: StatementSync;
  readonly #pauseMs: number;
  #committedAt = -Infinity;

  /** @throws {TrestleError} `sqlite.notOpened`, `sqlite.newerSchema` */
  constructor(options: SqliteOptions) {
    const { writer, reader } = open(options);
    this.writer = writer;
    this.reader = reader;
    this.#begin = writer.prepare("BEGIN IMMEDIATE");
    this.#end = writer.prepare("COMMIT");
    this.#pauseMs = options.pauseMs ?? 0;
  }

  /**
   * Runs `work` inside the next commit. Resolves with its result once the commit would survive a
   * power cut. If `work` throws, only its own changes are undone and the promise rejects.
   *
   * @throws {TrestleError} `sqlite.notStored` when the commit failed, `sqlite.closed` after `close`.
   */
  transact<T>(work: () => T): Promise<T> {
    if (!this.#isOpen) return Promise.reject(sqliteErrors.closed());
    return new Promise<T>((resolve, reject) => {
      let result: { value: T } | undefined;
      this.#waiting.push({
        run: () => {
          result = { value: work() };
        },
        resolve: () => {
          if (result !== undefined) resolve(result.value);
        },
        reject,
      });
      this.#schedule();
    });
  }

  /** Commits what still waits, then closes. Later work is refused. */
  close(): Promise<void> {
    if (this.#isOpen) {
      this.#isOpen = false;
      this.#commitWaiting();
      if (this.reader !== this.writer) this.reader.close();
      this.writer.close();
    }
    return Promise.resolve();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const waitMs = this.#committedAt + this.#pauseMs - performance.now();
    if (waitMs > 1) setTimeout(() => this.#gather(0, mostTurns), waitMs);
    else this.#gather(0, mostTurns);
  }

  /**
   * Commits when a turn of the event loop brought nothing new. Measured with 16 senders, a quarter
   * more goes through than with a commit in each turn, and one sender alone waits no longer.
   */
  #gather(seen: number, turnsLeft: number): void {
    setImmediate(() => {
      const count = this.#waiting.length;
      if (count > seen && turnsLeft > 0) {
        this.#gather(count, turnsLeft - 1);
        return;
      }
      this.#isScheduled = false;
      if (this.#isOpen) this.#commitWaiting();
    });
  }

  #commitWaiting(): void {
    const units = this.#waiting;
    if (units.length === 0) return;
    this.#waiting = [];
    const failure = this.#commit(units);
    this.#committedAt = performance.now();
    if (failure === undefined) {
      for (const unit of units) unit.resolve();
    } else if (units.length === 1 || isStorageFailure(failure)) {
      for (const unit of units) unit.reject(asStorageError(failure));
    } else {
      for (const unit of units) this.#commitAlone(unit);
    }
  }

  /** One unit of a shared commit failed: each gets a commit of its own, so that only it suffers. */
  #commitAlone(unit: Waiting): void {
    const failure = this.#commit([unit]);
    if (failure === undefined) unit.resolve();
    else unit.reject(asStorageError(failure));
  }

  /** @returns What went wrong, after everything was undone; undefined when it is on disk. */
  #commit(units: readonly Waiting[]): unknown {
    try {
      this.#begin.run();
      for (const unit of units) unit.run();
      this.#end.run();
      return undefined;
    } catch (error) {
      if (this.writer.isTransaction) this.writer.exec("ROLLBACK");
      return error ?? new Error("unknown failure");
    }
  }
}

/** When the file or a migration is refused, nothing stays open and no lock is held. */
function open(options: SqliteOptions): Pick<SqliteFile, "writer" | "reader"> {
  let writer: DatabaseSync | undefined;
  try {
    writer = new DatabaseSync(options.file);
    prepareWriter(writer, options);
    migrate(writer, options.migrations);
    const isShared = options.file !== ":memory:";
    const reader = isShared ? new DatabaseSync(options.file, { readOnly: true }) : writer;
    return { writer, reader };
  } catch (error) {
    writer?.close();
    if (error instanceof TrestleError) throw error;
    throw sqliteErrors.notOpened({}, error);
  }
}

function prepareWriter(writer: DatabaseSync, options: SqliteOptions): void {
  const { cacheBytes = 32 * 1024 * 1024, walBytes = 16 * 1024 * 1024, pageBytes = 4096 } = options;
  writer.exec(`PRAGMA page_size = ${pageBytes}`);
  // FULL, not NORMAL: under WAL, NORMAL may drop commits on power loss, after the ACK went out.
  writer.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  writer.exec(`PRAGMA wal_autocheckpoint = ${Math.ceil(walBytes / pageBytes)}`);
  writer.exec(`PRAGMA journal_size_limit = ${walBytes}`);
  writer.exec(`PRAGMA cache_size = -${Math.ceil(cacheBytes / 1024)}`);
  writer.exec("PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 5000;");
}

function migrate(writer: DatabaseSync, migrations: readonly string[]): void {
  const row = writer.prepare("PRAGMA user_version").get();
  const version = Number(row?.["user_version"] ?? 0);
  if (version > migrations.length) throw sqliteErrors.newerSchema({ version });
  for (const [index, statements] of migrations.entries()) {
    if (index < version) continue;
    writer.exec(`BEGIN IMMEDIATE; ${statements}; PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

/** Full disk, failed read or write, read-only file: no use in trying unit by unit. */
function isStorageFailure(error: unknown): boolean {
  const code = errorCodeOf(error);
  return code !== undefined && storageCodes.has(code & 0xff);
}

function asStorageError(error: unknown): unknown {
  return isStorageFailure(error)
    ? sqliteErrors.notStored({ sqliteCode: errorCodeOf(error) ?? 0 }, error)
    : error;
}

function errorCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error)) return undefined;
  return typeof error.errcode === "number" ? error.errcode : undefined;
}

const mostTurns = 8;

/** SQLITE_BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN. */
const storageCodes = new Set([5, 6, 8, 10, 11, 13, 14]);
