import type { z } from "zod";
import { explainIssues } from "./explain-issue.ts";

/** What is wrong in a value that came otherwise than in a file. */
export interface ValueProblem {
  /** Keys and positions that lead to it, joined by dots. */
  readonly at: string;
  /** Stable, such as `config.unknownKey`. */
  readonly code: string;
  readonly text: string;
  readonly hint: string;
}

export type CheckedValue<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly ValueProblem[] };

/**
 * Checks a group of keys against a schema. All problems are reported at once, in the words in which
 * those of files are; none quotes a value.
 */
export function checkValue<T>(
  schema: z.ZodType<T>,
  value: Readonly<Record<string, unknown>>,
): CheckedValue<T> {
  const read = schema.safeParse(value);
  if (read.success) return { ok: true, value: read.data };
  const problems = explainIssues(schema, value, read.error.issues).map(
    ({ path, code, text, hint }) => ({ at: path.join("."), code, text, hint }),
  );
  return { ok: false, problems };
}
