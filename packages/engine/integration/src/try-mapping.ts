import { type Problem, type Result, TrestleError, fail, succeed } from "@trestle/base";
import { transformFailure } from "@trestle/mapping/result";

/**
 * What a mapping gives, or why it threw. The text of its error may quote a message and is left out.
 *
 * @throws {TrestleError} `integration.interrupted`: that is no matter of this message.
 */
export function tryMapping<T>(work: () => T): Result<T> {
  try {
    return succeed(work());
  } catch (error) {
    if (isInterruption(error)) throw error;
    return fail(transformFailure(error) ?? stopped(error) ?? broke(error));
  }
}

/** Whether Ctrl+C ended a mapping. */
function isInterruption(error: unknown): boolean {
  return error instanceof TrestleError && error.code === "integration.interrupted";
}

function stopped(error: unknown): Problem | undefined {
  if (!(error instanceof TrestleError) || error.code !== "integration.mappingStopped") {
    return undefined;
  }
  const text = `The mapping took more than ${String(error.facts["seconds"])} s, and was ended.`;
  return { code: error.code, text, hint: error.hint };
}

function broke(error: unknown): Problem {
  return {
    code: "integration.mappingBroke",
    text: `The mapping failed on this message (${error instanceof Error ? error.name : "unknown"}).`,
    hint: "Report it with the type and structure of the message.",
  };
}
