import { ApiFailure } from "@trestle/api/contract";
import { TrestleError } from "@trestle/base";
import { UsageError } from "./command.ts";

/** What went wrong for the person at the terminal: a sentence, and what to do or to search for. */
export function explainFailure(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  if (error instanceof TrestleError) return `${error.hint}\n  ${error.message}${systemCode(error)}`;
  if (error instanceof ApiFailure) return `${error.problem.detail}\n  ${error.problem.hint}`;
  return error instanceof Error ? error.message : String(error);
}

/** The system's own word for it, such as ECONNREFUSED, from the end of the chain of causes. */
function systemCode({ cause }: Error): string {
  if (!(cause instanceof Error)) return "";
  const deeper = systemCode(cause);
  if (deeper !== "" || cause instanceof TrestleError) return deeper;
  return "code" in cause && typeof cause.code === "string" ? `: ${cause.code}` : "";
}
