import { type Json, isObject } from "./values.ts";
import { type Span, spanOf } from "./zoned-time.ts";

/** A date that is asked for. */
export interface AskedDate {
  readonly prefix: Prefix;
  readonly span: Span;
}

type Prefix = "eq" | "lt" | "le" | "gt" | "ge";

/** Takes `ge2026-03-01` apart; undefined for what is no date, or has a prefix that is not known. */
export function parseAskedDate(
  text: string,
  offsetMs: (at: number) => number,
): AskedDate | undefined {
  const found = /^(?<prefix>[a-z]{2})?(?<date>.*)$/u.exec(text)?.groups;
  const prefix = found?.["prefix"] ?? "eq";
  const span = spanOf(found?.["date"] ?? "", offsetMs);
  return span === undefined || !isPrefix(prefix) ? undefined : { prefix, span };
}

/** Whether a date, a time or a Period of a resource is what is asked for. */
export function matchesDate(
  value: Json,
  { prefix, span }: AskedDate,
  offsetMs: (at: number) => number,
): boolean {
  const own = ownSpan(value, offsetMs);
  return own !== undefined && compare[prefix](own, span);
}

function ownSpan(value: Json, offsetMs: (at: number) => number): Span | undefined {
  if (typeof value === "string") return spanOf(value, offsetMs);
  if (!isObject(value)) return undefined;
  const { start, end } = value;
  const first = typeof start === "string" ? spanOf(start, offsetMs) : undefined;
  const last = typeof end === "string" ? spanOf(end, offsetMs) : undefined;
  if (first === undefined && last === undefined) return undefined;
  return {
    from: first?.from ?? Number.NEGATIVE_INFINITY,
    until: last?.until ?? Number.POSITIVE_INFINITY,
  };
}

function isPrefix(text: string): text is Prefix {
  return Object.hasOwn(compare, text);
}

/**
 * A period is on a day that it touches: who asks for the visits of a day wants those that go on.
 */
const compare: Readonly<Record<Prefix, (own: Span, asked: Span) => boolean>> = {
  eq: (own, asked) => own.from < asked.until && own.until > asked.from,
  lt: (own, asked) => own.from < asked.from,
  le: (own, asked) => own.from < asked.until,
  gt: (own, asked) => own.until > asked.until,
  ge: (own, asked) => own.until > asked.from,
};
