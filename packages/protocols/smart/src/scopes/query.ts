import { normalQuery, partCovers } from "./normal-query.ts";
import type { QueryPart } from "./scope.ts";

/**
 * Reads the query of a granular scope. Two texts that ask for the same give equal parts.
 *
 * Values are compared as text: that `status=final` and `status=http://hl7.org/fhir/…|final` may be
 * the same is known to the server alone.
 */
export function parseQuery(text: string): readonly QueryPart[] {
  return normalQuery(text.split("&").filter(isGiven).map(parsePart));
}

export function printQuery(query: readonly QueryPart[]): string {
  return query.map(({ name, values }) => `${encode(name)}=${encode(values.join(","))}`).join("&");
}

/** Whether every resource that matches `narrow` matches `wide` too. */
export function queryCovers(wide: readonly QueryPart[], narrow: readonly QueryPart[]): boolean {
  return wide.every((part) => narrow.some((other) => partCovers(part, other)));
}

function parsePart(text: string): QueryPart {
  const at = text.indexOf("=");
  const name = decode(at < 0 ? text : text.slice(0, at));
  return { name, values: alternatives(at < 0 ? "" : decode(text.slice(at + 1))) };
}

/** Cut at commas; `\,` is a comma within a value. */
function alternatives(value: string): readonly string[] {
  return value.split(/(?<=(?<!\\)(?:\\\\)*),/u);
}

function isGiven(text: string): boolean {
  return text !== "";
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that encodes nothing stands for itself.
    return text;
  }
}

/** What a scope may hold as it is stays readable: `http://…|laboratory`. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(/%(?:3A|2F|7C|2C|40|24|3B)/gu, decode);
}
