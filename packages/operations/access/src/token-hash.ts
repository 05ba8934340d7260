import { createHash } from "node:crypto";
import { type Secret, useSecret } from "@trestle/base";

/**
 * What is stored of a token. A plain hash is enough, since tokens are 32 random bytes; looking one
 * up by it takes the same time however much of a guess is right.
 */
export function tokenHash(token: Secret<string>): string {
  return createHash("sha256").update(useSecret(token)).digest("hex");
}
