import type { TrestleError } from "@trestle/base";
import { type FailureName, fhirErrors } from "./errors.ts";
import type { Purpose } from "./judge.ts";

/**
 * The error that a failed exchange is, where no whole answer came.
 *
 * @param isUnsent Whether the failure kept the connection from being made.
 */
export function judgeBroken(
  error: unknown,
  { purpose, isWrite, isUnsent }: { purpose: Purpose; isWrite: boolean; isUnsent: boolean },
): TrestleError {
  const code = codeOf(error);
  // The cause stays out: the library's errors may quote an address.
  return fhirErrors[nameOf(code, { isWrite, isUnsent })]({ ...purpose, reason: code });
}

function nameOf(
  code: string,
  { isWrite, isUnsent }: { isWrite: boolean; isUnsent: boolean },
): FailureName {
  if (isUnsent) return isTls(code) ? "notTrusted" : "notConnected";
  if (code === "UND_ERR_INVALID_ARG") return "notSendable";
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") return isWrite ? "writeUnclear" : "answerTooLarge";
  if (code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT") {
    return isWrite ? "writeTimedOut" : "readTimedOut";
  }
  return isWrite ? "writeCut" : "readCut";
}

function isTls(code: string): boolean {
  return /CERT|SELF_SIGNED|^ERR_(?:SSL|TLS)_|VERIFY|^EPROTO$|^INVALID_|HOSTNAME_MISMATCH|PATH_LENGTH/u.test(
    code,
  );
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error && "code" in error) return String(error.code);
  return error instanceof Error ? error.name : "unknown";
}
