import { TrestleError } from "@trestle/base";
import { type FailureKind, kindOf } from "@trestle/fhir/client";
import { ownStatus } from "./own-status.ts";

/**
 * What an HTTP server that stands between answers for a failure of the gateway, of a site or of the
 * sign-in there; undefined for any other.
 *
 * @see RFC 9110, 15.6.3 and 15.6.5: 502 and 504 tell that the fault lies behind.
 */
export function failureStatus(error: unknown): number | undefined {
  const own = ownStatus(error);
  if (own !== undefined || !(error instanceof TrestleError)) return own;
  if (error.code.startsWith("smart.")) return 502;
  const kind = kindOf(error);
  return kind === undefined ? undefined : statuses[kind];
}

const statuses: Readonly<Record<FailureKind, number>> = {
  auth: 502,
  permission: 403,
  validation: 400,
  notFound: 404,
  conflict: 409,
  quota: 429,
  timeOut: 504,
  connection: 502,
  server: 502,
  answer: 502,
};
