import type { Secret } from "@trestle/base";
import type { JWK } from "jose";

/** The algorithms that every SMART server of version 2 takes. */
export type SigningAlgorithm = "RS384" | "ES384";

/** A key pair and when it may sign. Kept in a `KeyStore`; nothing of it changes. */
export interface StoredKey {
  /** Its thumbprint. @see RFC 7638 */
  readonly keyId: string;
  readonly algorithm: SigningAlgorithm;
  /** Published from then on. Milliseconds since 1970. */
  readonly createdAtMs: number;
  /** Signs from then on, unless a later one does. Milliseconds since 1970. */
  readonly signsFromMs: number;
  readonly publicKey: JWK;
  readonly privateKey: Secret<JWK>;
}
