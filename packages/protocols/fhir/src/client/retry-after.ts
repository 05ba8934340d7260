/**
 * How long a server asks to wait.
 *
 * @param header Seconds, or a date as HTTP writes it; a date that is over means now.
 * @returns Milliseconds; undefined where there is no header or it cannot be read.
 * @see RFC 9110, section 10.2.3
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}(?:\.\d+)?$/u.test(text)) return Math.round(Number(text) * 1000);
  // Date.parse alone would read nearly anything, such as "-5" as a month.
  if (!/^[A-Z][a-z]{2,8},? /u.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
