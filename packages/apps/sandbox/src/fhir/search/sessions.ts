import type { Clock, Random } from "@trestle/base";
import type { OutcomeIssue } from "@trestle/epic";
import type { Filed } from "../store.ts";
import type { Matches } from "./matcher.ts";

/** A search with the place up to which its matches were sent. */
export interface SearchSession {
  /** Who asked, see `Access.holder`: a search may have found what others may not see. */
  readonly holder: string;
  readonly type: string;
  /** Of the first page: the parameters in the order of the hospital, without `?`. */
  readonly parameters: string;
  /** What native parameters found. */
  readonly found: readonly Filed[];
  /** Thins out a page. */
  readonly postFilter: Matches;
  readonly includes: readonly string[];
  readonly hasProvenance: boolean;
  readonly pageSize: number;
  /** Issues that every page repeats. */
  readonly notes: readonly OutcomeIssue[];
  /** How many were sent, before the post-filter. */
  position: number;
}

/**
 * Keeps the searches that have further pages. A session is one cursor: whoever asks with its id gets
 * the next page, and nobody gets a page twice.
 */
export class SearchSessions {
  readonly #parts: SessionParts;
  /** The one unused longest comes first. */
  readonly #sessions = new Map<string, Kept>();

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Keeps a search; gives its id: two digits, a hyphen and 32 hexadecimal digits. */
  keep(session: SearchSession): string {
    const id = this.#newId();
    this.#put(id, session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > this.#parts.maxSessions) this.#sessions.delete(oldest ?? "");
    return id;
  }

  /** The search of this id; undefined where it expired, gave way, or is another's. */
  resume(id: string, holder: string): SearchSession | undefined {
    const kept = this.#sessions.get(id);
    if (kept === undefined || kept.session.holder !== holder) return undefined;
    this.#sessions.delete(id);
    const ageMs = this.#parts.clock.now() - kept.usedAt;
    if (ageMs > this.#parts.switches().sessionSeconds * 1000) return undefined;
    this.#put(id, kept.session);
    return kept.session;
  }

  /** Forgets a search whose last page is sent. */
  end(id: string): void {
    this.#sessions.delete(id);
  }

  #put(id: string, session: SearchSession): void {
    this.#sessions.set(id, { session, usedAt: this.#parts.clock.now() });
  }

  #newId(): string {
    const prefix = 10 + Math.floor(this.#parts.random.next() * 20);
    return `${prefix}-${hexDigits(this.#parts.random, 32)}`;
  }
}

/** Hexadecimal digits in upper case, drawn. */
export function hexDigits(random: Random, count: number): string {
  let text = "";
  while (text.length < count) {
    text += Math.floor(random.next() * 65_536)
      .toString(16)
      .padStart(4, "0");
  }
  return text.slice(0, count).toUpperCase();
}

interface SessionParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly switches: () => { readonly sessionSeconds: number };
  readonly maxSessions: number;
}

interface Kept {
  readonly session: SearchSession;
  readonly usedAt: number;
}
