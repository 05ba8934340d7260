import { type Problem, type Result, fail, succeed } from "@trestle/base";
import { transformFailure } from "@trestle/mapping/result";

/** What a mapping gives, or why it threw. The text of its error may quote a message and is left out. */
export function tryMapping<T>(work: () => T): Result<T> {
  try {
    return succeed(work());
  } catch (error) {
    return fail(transformFailure(error) ?? broke(error));
  }
}

function broke(error: unknown): Problem {
  return {
    code: "integration.mappingBroke",
    text: `The mapping failed on this message (${error instanceof Error ? error.name : "unknown"}).`,
    hint: "Report it with the type and structure of the message.",
  };
}
