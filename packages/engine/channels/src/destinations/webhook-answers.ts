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
 * What a failed connection says. Only before a request was on its way is it sure that nothing was
 * accepted.
 *
 * @param known Whether the failure kept the connection from being made.
 */
export function judgeFailure(code: string, { isUnsent }: { isUnsent: boolean }): SendResult {
  if (isUnsent) return { ok: false, failure: "transient", detail: code, hint: unsentHint(code) };
  return {
    ok: false,
    failure: "ambiguous",
    detail: code,
    hint: "The connection ended before an answer came. Look into the destination's log for this key.",
  };
}

function unsentHint(code: string): string {
  if (unreachable.has(code)) {
    return "Nothing listens at the destination's address. Check that it runs and the address is right.";
  }
  if (untrusted.has(code)) {
    return "Nothing was sent: the server's certificate is not good. Mend it, or start the hub with NODE_EXTRA_CA_CERTS.";
  }
  if (code.startsWith("ERR_SSL_") || code === "EPROTO") {
    return "Nothing was sent: the server does not speak TLS as it should. Check the port, and whether url should begin with http.";
  }
  return "Nothing was sent: the connection ended while it was made. Look whether a proxy or firewall is in between.";
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

const unreachable = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * What is wrong with a server's certificate, known before anything is sent.
 *
 * @see Node's documentation of TLS, X509 certificate error codes
 */
const untrusted = new Set([
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_CHAIN_TOO_LONG",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REJECTED",
  "CERT_REVOKED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "HOSTNAME_MISMATCH",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "PATH_LENGTH_EXCEEDED",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);
