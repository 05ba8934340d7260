import { hash, randomBytes } from "node:crypto";

/**
 * An id that is always the same for the same parts.
 *
 * @returns A UUID of version 8 made from the SHA-256 of the parts, each with its length, so that
 * ("ab", "c") and ("a", "bc") differ.
 * @see RFC 9562, section 5.8
 */
export function stableId(...parts: readonly string[]): string {
  let text = "";
  for (const part of parts) text += `${part.length}:${part}`;
  const hex = hash("sha256", text, "hex");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A secret token of 32 random bytes, base64url, for links, sessions and keys. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}
