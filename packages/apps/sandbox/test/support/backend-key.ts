import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, type JWK, SignJWT, exportJWK, generateKeyPair } from "jose";
import { onTestFinished } from "vitest";
import { type TestSite, post } from "./site.ts";
import { backendApp } from "./sign-in.ts";

/** A key pair of a client. */
export interface ClientKey {
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export async function clientKey(alg = "RS384", kid = "key-1"): Promise<ClientKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg } };
}

/** Serves keys; counts how often they are asked for. */
export async function serveKeys(
  keys: () => readonly JWK[],
  cacheControl?: string,
): Promise<{ readonly url: string; asked: number }> {
  const served = { url: "", asked: 0 };
  const server = createServer((_, response) => {
    served.asked += 1;
    response.setHeader("content-type", "application/json");
    if (cacheControl !== undefined) response.setHeader("cache-control", cacheControl);
    response.end(JSON.stringify({ keys: keys() }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  served.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  return served;
}

/** What an assertion says otherwise than one that is in order. `undefined` leaves a claim out. */
export interface AssertionChanges {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** What is asked, and by which clock. */
type Asked = Pick<TestSite, "site"> & { readonly clock: Pick<TestSite["clock"], "now"> };

/** An assertion that is in order but for the changes. */
export async function assertionFor(
  site: Asked,
  key: ClientKey,
  { header = {}, claims = {} }: AssertionChanges = {},
): Promise<string> {
  const now = Math.floor(site.clock.now() / 1000);
  const wanted = {
    iss: backendApp,
    sub: backendApp,
    aud: site.site.addresses.token,
    jti: randomUUID(),
    iat: now,
    nbf: now,
    exp: now + 300,
    ...claims,
  };
  const { alg, privateKey, jwk } = key;
  return new SignJWT(wanted)
    .setProtectedHeader({ alg, typ: "JWT", kid: jwk.kid ?? "", ...header })
    .sign(privateKey);
}

/** Asks for a token as a backend system does. */
export function askAsBackend(
  site: Pick<Asked, "site">,
  assertion: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return post(site.site.addresses.token, {
    grant_type: "client_credentials",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
    ...more,
  });
}
