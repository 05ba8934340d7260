import type { Clock, Facts, TrestleError } from "@trestle/base";
import { smartErrors } from "../errors.ts";
import type { HttpAnswer } from "../http.ts";
import { hostOf, jsonObjectOf, unavailable, withoutJson } from "../json-answer.ts";

/** What was asked of the token endpoint. */
export type GrantKind = "code" | "refresh" | "client" | "assertion";

export interface RefusedRequest {
  readonly grant: GrantKind;
  /** Whether it held an assertion, which servers measure by their clock. */
  readonly isSigned: boolean;
  readonly clock: Clock;
}

/**
 * Says why a token endpoint refused, and where to look.
 *
 * Some servers give one code for every fault of a client, so a clock that is off is looked for in
 * the answer's Date before the registration is blamed.
 *
 * @see RFC 6749, section 5.2
 */
export function tokenRefusal(
  answer: HttpAnswer,
  { grant, isSigned, clock }: RefusedRequest,
): TrestleError {
  const error = errorCodeOf(answer);
  if (error === undefined) return withoutJson(answer);
  if (error === "temporarily_unavailable" || error === "server_error") return unavailable(answer);
  const facts: Facts = { host: hostOf(answer), status: answer.status, error };
  const refusal = byError(error, grant)(facts);
  const secondsApart = apartBy(answer, clock);
  const mayBeTime =
    isSigned && error === (grant === "assertion" ? "invalid_grant" : "invalid_client");
  if (!mayBeTime || Math.abs(secondsApart) < toleratedSeconds) return refusal;
  return smartErrors.clocksApart({ ...facts, secondsAhead: secondsApart }, refusal);
}

/** Whether it refuses; some servers do so with a status that says all is well. */
export function isRefusal(answer: HttpAnswer): boolean {
  if (answer.status < 200 || answer.status > 299) return true;
  const json = jsonObjectOf(answer);
  return json?.["access_token"] === undefined && errorCodeOf(answer) !== undefined;
}

/** OAuth's code, where it is one; anything longer or stranger is not repeated in an error. */
export function errorCodeOf(answer: HttpAnswer): string | undefined {
  const code = jsonObjectOf(answer)?.["error"];
  if (typeof code !== "string" || code === "") return undefined;
  return /^[\w.:-]{1,64}$/u.test(code) ? code : "unreadable";
}

function byError(error: string, grant: GrantKind): (typeof smartErrors)[keyof typeof smartErrors] {
  switch (error) {
    case "invalid_client":
      return smartErrors.clientRefused;
    case "unauthorized_client":
      return smartErrors.clientNotEnabled;
    case "invalid_grant":
      return grantErrors[grant];
    case "invalid_request":
      return smartErrors.requestRefused;
    case "invalid_scope":
      return smartErrors.scopeRefused;
    case "unsupported_grant_type":
      return smartErrors.grantTypeRefused;
    default:
      return smartErrors.tokenRefused;
  }
}

const grantErrors = {
  code: smartErrors.codeRefused,
  refresh: smartErrors.refreshRefused,
  client: smartErrors.clientRefused,
  assertion: smartErrors.assertionRefused,
};

/** Positive where this machine's clock is ahead. */
function apartBy({ headers }: HttpAnswer, clock: Clock): number {
  const theirs = Date.parse(headers["date"] ?? "");
  return Number.isNaN(theirs) ? 0 : Math.round((clock.now() - theirs) / 1000);
}

/** Within a minute an assertion of usual length is still taken. */
const toleratedSeconds = 60;
