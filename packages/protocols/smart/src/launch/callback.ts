import { smartErrors } from "../errors.ts";

/** What the authorization server sent back by the browser. */
export interface Callback {
  readonly state: string | undefined;
  readonly code: string | undefined;
  readonly error: string | undefined;
  /** @see RFC 9207 */
  readonly issuer: string | undefined;
}

/** @param url Of the request that came back; a path with its query is enough. */
export function readCallback(url: string): Callback {
  const query = new URL(url, "https://callback.invalid").searchParams;
  return {
    state: given(query.get("state")),
    code: given(query.get("code")),
    error: given(query.get("error")),
    issuer: given(query.get("iss")),
  };
}

/**
 * The code of a callback that brings one.
 *
 * @throws {TrestleError} `smart.accessDenied`, `smart.authorizationRefused`, `smart.callbackNotUsable`
 */
export function codeOf({ code, error }: Callback): string {
  if (error !== undefined) throw refusal(error);
  if (code === undefined) throw smartErrors.callbackNotUsable();
  return code;
}

/** OAuth's code is repeated in an error where it is one; it comes by way of the browser. */
export function refusal(error: string): Error {
  const code = /^[\w.:-]{1,64}$/u.test(error) ? error : "unreadable";
  if (code === "access_denied") return smartErrors.accessDenied({ error: code });
  return smartErrors.authorizationRefused({ error: code });
}

function given(value: string | null): string | undefined {
  return value === null || value === "" ? undefined : value;
}
