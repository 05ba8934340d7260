import type { Query } from "../http/exchange.ts";

/**
 * Parameters as the hospital repeats them: by the alphabet, `_count` last, those it does not know
 * too.
 */
export function printParameters(query: Query): string {
  return query
    .filter(([name]) => name !== "_format")
    .toSorted(([one], [other]) => rank(one) - rank(other) || compare(one, other))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
}

function rank(name: string): number {
  return name === "_count" ? 1 : 0;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Bars, commas, colons and slashes are part of tokens and stay readable. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/%(?:7C|2C|3A|2F)/gu, (found) =>
    decodeURIComponent(found),
  );
}
