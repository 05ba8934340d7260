import { z } from "zod";

/** `24h`, `30m`, `7d`, or a time in UTC. */
export const since = z
  .string()
  .refine((text) => sinceTime(text, 0) !== undefined, {
    error: "give a span such as 24h, 30m or 7d, or a time in UTC, such as 2026-01-15T10:30:00Z.",
  })
  .default("24h")
  .meta({
    value: "SPAN",
    description:
      "How far back: 30m, 24h, 7d and so on; or since a time, such as 2026-01-15T10:30:00Z.",
  });

/**
 * The time that is meant, in milliseconds since 1970 UTC.
 *
 * @returns Undefined where the text is neither a span nor a time.
 */
export function sinceTime(text: string, now: number): number | undefined {
  const { count, unit } = /^(?<count>\d{1,6})(?<unit>[mhd])$/u.exec(text)?.groups ?? {};
  if (count !== undefined && unit !== undefined)
    return now - Number(count) * (milliseconds[unit] ?? 0);
  return z.iso.datetime().safeParse(text).success ? Date.parse(text) : undefined;
}

/** Of a unit. */
const milliseconds: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
