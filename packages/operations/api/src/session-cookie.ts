import { type Secret, useSecret } from "@trestle/base";

/**
 * The header that gives a browser its session: out of reach of scripts, sent to this site alone, and
 * over TLS alone where there is TLS.
 *
 * @see RFC 6265bis
 */
export function sessionCookie(
  token: Secret<string>,
  { maxAgeSeconds, isSecure }: { maxAgeSeconds: number; isSecure: boolean },
): string {
  return cookie(useSecret(token), maxAgeSeconds, isSecure);
}

export function endedSessionCookie(isSecure: boolean): string {
  return cookie("", 0, isSecure);
}

/** The session token among a request's cookies. */
export function readSessionCookie(header: string | undefined): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const [name = "", value = ""] = part.trim().split("=", 2);
    if (name === cookieName && value !== "") return value;
  }
  return undefined;
}

function cookie(value: string, maxAgeSeconds: number, isSecure: boolean): string {
  const age = Math.max(0, Math.floor(maxAgeSeconds));
  const secure = isSecure ? "; Secure" : "";
  return `${cookieName}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${secure}`;
}

const cookieName = "trestle_session";
