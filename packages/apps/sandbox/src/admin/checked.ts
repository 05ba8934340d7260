import { type ValueProblem, checkValue } from "@trestle/config";
import type { z } from "zod";

/** A body that cannot be used; ends the call that it came with. */
export class BadBody extends Error {
  override readonly name = "BadBody";
  readonly problems: readonly ValueProblem[];

  constructor(problems: readonly ValueProblem[]) {
    super("the body cannot be used");
    this.problems = problems;
  }
}

/**
 * What a body says, by its schema; none is one without keys.
 *
 * @throws {BadBody} with every problem.
 */
export function checked<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = checkValue(schema, groupOf(body ?? {}));
  if (read.ok) return read.value;
  throw new BadBody(read.problems);
}

function groupOf(body: unknown): Readonly<Record<string, unknown>> {
  const isGroup = typeof body === "object" && body !== null && !Array.isArray(body);
  if (isGroup) return body as Readonly<Record<string, unknown>>;
  const hint = "Put the keys between { and }.";
  throw new BadBody([{ at: "", code: "config.invalidValue", text: "It is no JSON object.", hint }]);
}
