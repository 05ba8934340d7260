import type { CodeRow } from "./code-tables.ts";

/** The days from which and until which something counts; both belong to it. */
export type Period = Pick<CodeRow, "from" | "until">;

export function isInForce({ from = firstDay, until = lastDay }: Period, day: string): boolean {
  return from <= day && day <= until;
}

/** Whether there is a day that belongs to both. */
export function overlap(one: Period, other: Period): boolean {
  const begins = [one.from ?? firstDay, other.from ?? firstDay];
  const ends = [one.until ?? lastDay, other.until ?? lastDay];
  return begins.every((begin) => ends.every((end) => begin <= end));
}

/** The days on which a row begins to count, or does so no longer; each once, sorted. */
export function changeDays(periods: Iterable<Period>): readonly string[] {
  const days = new Set<string>();
  for (const { from, until } of periods) {
    if (from !== undefined) days.add(from);
    if (until !== undefined) days.add(dayAfter(until));
  }
  return [...days].sort();
}

/** Whether a text is a day of the calendar, `2026-02-28`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && dayOf(Date.parse(text)) === text;
}

/** A day that no table knows: before all others. */
export const firstDay = "";

/** Behind all others. */
export const lastDay = "9999-12-31";

function dayAfter(day: string): string {
  return dayOf(Date.parse(day) + 24 * 3600 * 1000) ?? lastDay;
}

function dayOf(time: number): string | undefined {
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 10);
}
