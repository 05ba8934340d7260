import { hash } from "node:crypto";

/** What is shown of a code verifier before the code is there, by S256. @see RFC 7636, section 4.2 */
export function codeChallenge(codeVerifier: string): string {
  return hash("sha256", codeVerifier, "base64url");
}
