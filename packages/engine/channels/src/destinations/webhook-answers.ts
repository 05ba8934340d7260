import type { SendResult } from "./destination.ts";

/**
 * What an HTTP status says about a delivery.
 *
 * 2xx: accepted. 425, 429 and 503: surely not accepted, try again. Other 5xx and 408: perhaps
 * accepted. All else will never be accepted as it is.
 *
 * @see RFC 9110, section 15
 */
export function judgeStatus(status: number, retryAfter: string | undefined): SendResult {
  const detail = String(status);
  if (status >= 200 && status < 300) return { ok: true, detail };
  if (status === 425 || status === 429 || status === 503) {
    const retryAfterMs = readRetryAfter(retryAfter);
    return {
      ok: false,
      failure: "transient",
      detail,
      hint: "The destination is busy or down for a while; Trestle tries again by itself.",
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
  if (status >= 500 || status === 408) {
    return {
      ok: false,
      failure: "ambiguous",
      detail,
      hint: "The destination failed and may have kept the result. Look into its log for this key.",
    };
  }
  return { ok: false, failure: "permanent", detail, hint: hintOf(status) };
}

/**
 * What a failed connection says. Only before the request was on its way is it sure that nothing
 * was accepted.
 */
export function judgeFailure(code: string): SendResult {
  if (beforeSending.has(code)) {
    return {
      ok: false,
      failure: "transient",
      detail: code,
      hint: "Nothing listens at the destination's address. Check that it runs and the address is right.",
    };
  }
  return {
    ok: false,
    failure: "ambiguous",
    detail: code,
    hint: "The connection ended before an answer came. Look into the destination's log for this key.",
  };
}

/** Whole seconds only; a date is left to the ordinary spacing. */
function readRetryAfter(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/u.test(header) ? Number(header) * 1000 : undefined;
}

function hintOf(status: number): string {
  if (status === 401 || status === 403) {
    return "The destination does not let us in. Check the credentials that it expects.";
  }
  if (status === 404) return "Nothing is at this path. Check the destination's url.";
  if (status < 400) return "The destination redirects. Write its final address into url.";
  return "The destination refuses this result. Its log says why; then retry, or cancel it.";
}

const beforeSending = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);
