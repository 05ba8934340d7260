import { type Clock, newToken } from "@trestle/base";

/** A page, and by what the one behind it is asked for; neither of them where there is no more. */
export interface OpenedPage<Page> {
  readonly page?: Page;
  readonly cursor?: string;
}

interface Begun<Page> {
  readonly pages: AsyncGenerator<Page, void>;
  /** What the search belongs to, so that a cursor opens nothing else. */
  readonly of: string;
  /** By which its next page is asked for; left out for the first one. */
  readonly cursor?: string;
}

interface Open<Page> extends Omit<Begun<Page>, "cursor"> {
  /** The cursor whose page led here; over once this one is used. */
  readonly before: string | undefined;
  /** The page that the cursor gave when it was used, for who asks again after a lost answer. */
  given?: Promise<OpenedPage<Page>>;
  usedAt: number;
}

/**
 * Searches that are read page by page, by others and at their pace, to the page that is the last or
 * the end behind it. At most `maxOpen` cursors are kept, each for `idleSeconds` after its last use;
 * the one unused longest goes first. Of a search at most two: the last one that was used, with its
 * page, and the one behind it.
 */
export class OpenSearches<Page extends { readonly isLast: boolean }> {
  readonly #clock: Clock;
  readonly #maxOpen: number;
  readonly #idleMs: number;
  readonly #open = new Map<string, Open<Page>>();

  constructor(options: { clock: Clock; maxOpen: number; idleSeconds: number }) {
    this.#clock = options.clock;
    this.#maxOpen = options.maxOpen;
    this.#idleMs = options.idleSeconds * 1000;
  }

  start(pages: AsyncGenerator<Page, void>, of: string): Promise<OpenedPage<Page>> {
    return this.#next({ pages, of });
  }

  /**
   * The page of a cursor, the same one however often it is asked for until the next one is used;
   * undefined for none of ours.
   */
  async next(cursor: string, of: string): Promise<OpenedPage<Page> | undefined> {
    this.#forgetIdle();
    const open = this.#open.get(cursor);
    if (open === undefined || open.of !== of) return undefined;
    open.usedAt = this.#clock.now();
    // Last in the map, so that those in front are the ones unused longest.
    this.#open.delete(cursor);
    this.#open.set(cursor, open);
    if (open.before !== undefined) this.#open.delete(open.before);
    open.given ??= this.#next({ ...open, cursor });
    try {
      return await open.given;
    } catch (error) {
      this.#open.delete(cursor);
      throw error;
    }
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    const all = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(all.map(({ pages }) => pages.return()));
  }

  async #next({ pages, of, cursor: before }: Begun<Page>): Promise<OpenedPage<Page>> {
    const { value, done } = await pages.next();
    if (done === true) return {};
    if (value.isLast) return { page: value };
    const cursor = newToken();
    this.#open.set(cursor, { pages, of, before, usedAt: this.#clock.now() });
    this.#forgetIdle();
    return { page: value, cursor };
  }

  #forgetIdle(): void {
    const since = this.#clock.now() - this.#idleMs;
    for (const [cursor, { usedAt }] of this.#open) {
      if (usedAt >= since && this.#open.size <= this.#maxOpen) break;
      this.#open.delete(cursor);
    }
  }
}
