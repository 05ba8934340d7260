/** Where the API tells its operator what happened. Facts only; never a URL, for it may hold a query. */
export interface ApiLog {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/**
 * What may be logged of an unexpected error: its kind, code and place. Its text may quote a message.
 */
export function errorFacts(error: unknown): object {
  if (!(error instanceof Error)) return { error: "unknown" };
  const code = "code" in error ? String(error.code) : undefined;
  const place = error.stack?.split("\n").filter((line) => /^\s+at /u.test(line));
  return { error: error.name, code, place: place?.slice(0, 8).map((line) => line.trim()) };
}
