import type { Clock, Random } from "@trestle/base";
import type { OutcomeIssue } from "@trestle/epic";
import { hexDigits } from "../search/sessions.ts";

/** One export of a group, from the kick-off until its files are gone. */
export interface Export {
  readonly id: string;
  readonly clientId: string;
  /** Who asked, see `Access.holder`. */
  readonly holder: string;
  readonly groupId: string;
  /** Address of the kick-off. */
  readonly request: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly patientCount: number;
  /** Patients that are done. */
  progress: number;
  isDone: boolean;
  /** Output first, errors behind; a file's number is its place, from 1. */
  files: readonly ExportFile[];
}

/** What a file holds. Resources are read when it is fetched, so that no export fills the memory. */
export type ExportFile =
  | { readonly type: string; readonly ids: readonly string[] }
  | { readonly type: "OperationOutcome"; readonly issues: readonly OutcomeIssue[] };

export interface NewExport {
  readonly clientId: string;
  readonly holder: string;
  readonly groupId: string;
  readonly request: string;
  readonly patientCount: number;
}

/** The exports of a site. */
export class Exports {
  readonly #parts: ExportParts;
  readonly #exports = new Map<string, Export>();
  readonly #lastStarts = new Map<string, number>();

  constructor(parts: ExportParts) {
    this.#parts = parts;
  }

  /** Whether a client has asked for a group within the window of the site. */
  isTooSoon(clientId: string, groupId: string): boolean {
    const windowMs = this.#parts.switches().bulkWindowHours * hourMs;
    const last = this.#lastStarts.get(`${clientId} ${groupId}`) ?? Number.NEGATIVE_INFINITY;
    return this.#parts.clock.now() - last < windowMs;
  }

  start(asked: NewExport): Export {
    const id = hexDigits(this.#parts.random, 32);
    const startedAt = this.#parts.clock.now();
    const made: Export = { ...asked, id, startedAt, progress: 0, isDone: false, files: [] };
    this.#exports.set(id, made);
    this.#lastStarts.set(`${asked.clientId} ${asked.groupId}`, startedAt);
    const [oldest] = this.#exports.keys();
    if (this.#exports.size > this.#parts.maxExports) this.#exports.delete(oldest ?? "");
    return made;
  }

  /** Another's is not found, nor one whose files are older than they are kept. */
  find(id: string, holder: string): Export | undefined {
    const found = this.#exports.get(id);
    if (found === undefined || found.holder !== holder) return undefined;
    if (this.#parts.clock.now() - found.startedAt <= keptMs) return found;
    this.#exports.delete(id);
    return undefined;
  }

  /** Whether it goes on: nobody took it back. */
  isKept(id: string): boolean {
    return this.#exports.has(id);
  }

  /** What is taken back before it is done does not count as asked for. */
  remove({ id, isDone, clientId, groupId }: Export): void {
    this.#exports.delete(id);
    if (!isDone) this.#lastStarts.delete(`${clientId} ${groupId}`);
  }
}

interface ExportParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly switches: () => { readonly bulkWindowHours: number };
  readonly maxExports: number;
}

const hourMs = 3_600_000;
/** Files are there for fourteen days. */
const keptMs = 14 * 24 * hourMs;
