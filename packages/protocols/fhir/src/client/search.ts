import type { FhirResource } from "../index.ts";
import type { Notice } from "./notices.ts";
import type { SearchPage } from "./search-page.ts";

/** One thing that a search gave. */
export type Found<T> =
  | { readonly kind: "match"; readonly resource: T }
  | { readonly kind: "included"; readonly resource: FhirResource }
  | { readonly kind: "notice"; readonly notice: Notice };

/** Everything that a search gave. */
export interface FoundAll<T> {
  readonly matches: readonly T[];
  readonly included: readonly FhirResource[];
  readonly notices: readonly Notice[];
  /** Whether nothing was cut off by `maxMatches` and no notice says that something may be missing. */
  readonly isWhole: boolean;
}

/**
 * A search that was not sent yet. Each use sends it anew, page after page as they are read.
 *
 * Its iterator gives notices among the matches, so that a refusal is not overlooked: an empty answer
 * with status 200 often is one.
 */
export interface Search<T> extends AsyncIterable<Found<T>> {
  pages(): AsyncGenerator<SearchPage<T>, void>;
  /** Reads on until there is nothing more, or `maxMatches` are there. */
  all(options?: { readonly maxMatches?: number }): Promise<FoundAll<T>>;
}

/** A search whose pages come from `pages`. */
export function searchOf<T>(pages: () => AsyncGenerator<SearchPage<T>, void>): Search<T> {
  return {
    pages,
    all: ({ maxMatches = Infinity } = {}) => collect(pages(), maxMatches),
    [Symbol.asyncIterator]: () => foundIn(pages()),
  };
}

async function* foundIn<T>(pages: AsyncIterable<SearchPage<T>>): AsyncGenerator<Found<T>, void> {
  for await (const { matches, included, notices } of pages) {
    for (const notice of notices) yield { kind: "notice", notice };
    for (const resource of matches) yield { kind: "match", resource };
    for (const resource of included) yield { kind: "included", resource };
  }
}

async function collect<T>(
  pages: AsyncIterable<SearchPage<T>>,
  maxMatches: number,
): Promise<FoundAll<T>> {
  const matches: T[] = [];
  const included: FhirResource[] = [];
  const notices: Notice[] = [];
  let isCut = false;
  for await (const page of pages) {
    const room = maxMatches - matches.length;
    for (const match of page.matches.slice(0, room)) matches.push(match);
    for (const resource of page.included) included.push(resource);
    for (const notice of page.notices) notices.push(notice);
    isCut = page.matches.length > room || (matches.length >= maxMatches && page.hasNext);
    if (isCut) break;
  }
  const isWhole = !isCut && notices.every(({ mayMiss }) => !mayMiss);
  return { matches, included, notices, isWhole };
}
