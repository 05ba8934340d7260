import type { Clock } from "@trestle/base";
import { useSecret } from "@trestle/base";
import { SignJWT, importJWK } from "jose";
import type { StoredKey } from "../keys/stored-key.ts";

/** How an app signs what proves who it is. */
export interface AssertionSigner {
  /** The key that signs at the moment; a `KeyRing` has one. */
  readonly keys: { signingKey(): Promise<StoredKey> };
  readonly clock: Clock;
  /** Makes the id of an assertion: unguessable, at most 151 characters. */
  readonly newToken: () => string;
  /** Sent as `jku` where it is given; must be the address that the app is registered with. */
  readonly keySetUrl?: string;
  /** What goes into `aud` where a server wants another than its token address. */
  readonly audience?: string;
  /**
   * From 1 to 300, the standard's limit; 150 where left out. Servers measure it by their own clock,
   * so half of the limit bears the most difference in both directions.
   */
  readonly lifetimeSeconds?: number;
  /** Whether to say when it was made. Left out: a clock ahead of the server's would be refused. */
  readonly sendsIssuedAt?: boolean;
}

/**
 * Signs a JWT by which a client shows who it is.
 *
 * @see SMART App Launch 2.2, "Client Authentication: Asymmetric"; RFC 7523, section 3
 * @throws {TrestleError} `smart.noKey`
 */
export async function signAssertion(
  signer: AssertionSigner,
  { clientId, tokenUrl }: { readonly clientId: string; readonly tokenUrl: string },
): Promise<string> {
  const { keyId, algorithm, privateKey } = await signer.keys.signingKey();
  const nowSeconds = Math.floor(signer.clock.now() / 1000);
  const lifetimeSeconds = Math.min(300, Math.max(1, signer.lifetimeSeconds ?? 150));
  const jku = signer.keySetUrl === undefined ? {} : { jku: signer.keySetUrl };
  const jwt = new SignJWT()
    .setProtectedHeader({ alg: algorithm, typ: "JWT", kid: keyId, ...jku })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(signer.audience ?? tokenUrl)
    .setJti(signer.newToken())
    .setExpirationTime(nowSeconds + lifetimeSeconds);
  if (signer.sendsIssuedAt === true) jwt.setIssuedAt(nowSeconds);
  return jwt.sign(await importJWK(useSecret(privateKey), algorithm));
}
