import { type Context, Script, createContext } from "node:vm";
import { isMainThread } from "node:worker_threads";
import { integrationErrors } from "../errors.ts";

/**
 * Runs work that waits for nothing, and ends it when it takes too long: a transform may hold a loop
 * that never ends. On the main thread Ctrl+C ends it too.
 *
 * @throws {TrestleError} `integration.mappingStopped`, `integration.interrupted`, and what the work
 * throws.
 */
export function withinTime<T>(seconds: number, work: () => T): T {
  // Only a script can be ended from outside, and with it all that it calls.
  context ??= createContext({});
  try {
    context["work"] = work;
    const timeout = Math.ceil(seconds * 1000);
    return call.runInContext(context, { timeout, breakOnSigint: isMainThread }) as T;
  } catch (error) {
    throw ended[codeOf(error)]?.({ seconds }) ?? error;
  } finally {
    context["work"] = undefined;
  }
}

/** The error is of the script's own world, so that it is no instance of ours. */
function codeOf(error: unknown): string {
  const hasCode = typeof error === "object" && error !== null && "code" in error;
  return hasCode ? String(error.code) : "";
}

/** Node takes Ctrl+C from its handlers while a script runs, so that nobody else hears of it. */
const ended: Readonly<Record<string, (facts: { seconds: number }) => Error>> = {
  ERR_SCRIPT_EXECUTION_TIMEOUT: ({ seconds }) => integrationErrors.mappingStopped({ seconds }),
  ERR_SCRIPT_EXECUTION_INTERRUPTED: () => integrationErrors.interrupted({}),
};

const call = new Script("work()");

/** Making one takes milliseconds. */
let context: Context | undefined;
