import { systemClock, useSecret } from "@trestle/base";
import * as oauth from "oauth4webapi";
import { importJWK } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readTokenResponse } from "../src/index.ts";
import { type Answer, json, page } from "./support/http-server.ts";
import { redirectUrl } from "./support/launching-app.ts";
import { type OAuthServer, refused, startOAuthServer } from "./support/oauth-server.ts";
import { type SigningApp, startSigningApp } from "./support/signing-app.ts";

// A strict client of others shows two things: that the server of these tests is one that not only
// this package understands, and where strictness would keep an app out.

const client: oauth.Client = { client_id: "app-1" };
// oxlint-disable-next-line typescript/no-deprecated -- deprecated in name only, so that it stands out; it is for loopback, where these tests are
const loose = { [oauth.allowInsecureRequests]: true };

let server: OAuthServer;
let app: SigningApp;
let issuer: oauth.AuthorizationServer;

beforeAll(async () => {
  server = await startOAuthServer(systemClock);
  app = await startSigningApp(systemClock);
  server.clients.set("app-1", { redirectUrls: [redirectUrl], proof: { type: "none" } });
  server.clients.set("backend-1", {
    redirectUrls: [],
    proof: { type: "keys", keySetUrl: app.keySetUrl },
  });
  const { issuer: name, ...rest } = server.site.smartConfiguration;
  issuer = { ...rest, issuer: String(name) };
});

afterAll(async () => {
  await server.close();
  await app.http.close();
});

describe("the server of these tests lets in another client", () => {
  test("by code, PKCE and id_token", async () => {
    const codeVerifier = oauth.generateRandomCodeVerifier();
    const url = new URL(issuer.authorization_endpoint ?? "");
    const asked = {
      client_id: "app-1",
      redirect_uri: redirectUrl,
      response_type: "code",
      scope: "openid",
      nonce: "nonce-1",
      aud: server.fhirBaseUrl,
      code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: "S256",
    };
    url.search = new URLSearchParams(asked).toString();
    const { headers } = await fetch(url, { redirect: "manual" });
    const back = new URL(headers.get("location") ?? "");
    back.searchParams.delete("state");
    const parameters = oauth.validateAuthResponse(issuer, client, back, oauth.expectNoState);
    const response = await oauth.authorizationCodeGrantRequest(
      issuer,
      client,
      oauth.None(),
      parameters,
      redirectUrl,
      codeVerifier,
      loose,
    );
    const expected = { expectedNonce: "nonce-1", requireIdToken: true };
    const tokens = await oauth.processAuthorizationCodeResponse(issuer, client, response, expected);
    await oauth.validateApplicationLevelSignature(issuer, response, loose);
    expect(oauth.getValidatedIdTokenClaims(tokens)?.sub).toBe("user-1");
  });

  test("by an assertion", async () => {
    const stored = await app.ring.signingKey();
    const jwk = { ...useSecret(stored.privateKey), alg: "ES384" };
    const key = (await importJWK(jwk, "ES384")) as oauth.CryptoKey;
    const backend = { client_id: "backend-1" };
    const response = await oauth.clientCredentialsGrantRequest(
      issuer,
      backend,
      oauth.PrivateKeyJwt(
        { key, kid: stored.keyId },
        {
          // Its own have no typ, and the issuer as aud; the SMART standard wants both otherwise.
          [oauth.modifyAssertion]: (header, payload) => {
            Object.assign(header, { typ: "JWT" });
            Object.assign(payload, { aud: server.tokenUrl });
          },
        },
      ),
      {},
      loose,
    );
    const tokens = await oauth.processClientCredentialsResponse(issuer, backend, response);
    expect(tokens.access_token).toMatch(/^access-/u);
  });
});

describe("a strict client refuses what servers of the field answer", () => {
  test.each<{ what: string; members: Record<string, unknown> }>([
    { what: "no token_type", members: { token_type: undefined } },
    { what: "an empty lifetime", members: { expires_in: "" } },
    { what: "no refresh token as null", members: { refresh_token: null } },
    { what: "scopes as a list", members: { scope: ["user/Patient.rs"] } },
    { what: "an opaque id_token where nobody asked for one", members: { id_token: "opaque" } },
  ])("$what", async ({ members }) => {
    const body = { access_token: "t", token_type: "Bearer", ...members };
    await expect(strictly(json(body))).rejects.toBeInstanceOf(Error);
    expect(useSecret(readTokenResponse(body).accessToken)).toBe("t");
  });

  test.each<{ what: string; answer: Answer }>([
    { what: "by 500", answer: refused("invalid_client", 500) },
    {
      what: "with a challenge beside the code",
      answer: withChallenge(refused("invalid_client", 401)),
    },
    { what: "as a page", answer: page(400) },
  ])("and does not give the code of a refusal $what", async ({ answer }) => {
    await expect(strictly(answer)).rejects.not.toBeInstanceOf(oauth.ResponseBodyError);
  });
});

function strictly({ status, headers, body }: Answer): Promise<unknown> {
  const response = new Response(body ?? null, {
    status,
    ...(headers === undefined ? {} : { headers }),
  });
  return oauth.processGenericTokenEndpointResponse(issuer, client, response);
}

function withChallenge(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, "www-authenticate": "Bearer" } };
}
