import { createHmac } from "node:crypto";
import { type JWK, exportSPKI, importJWK } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type ClientKey,
  askAsBackend,
  assertionFor,
  clientKey,
  serveKeys,
} from "../support/backend-key.ts";
import { authorizeUrl, backendApp } from "../support/sign-in.ts";
import { type TestSite, post, refusalOf, refused, startSite } from "../support/site.ts";

let key: ClientKey;

beforeAll(async () => {
  key = await clientKey();
});

async function siteWith(keys: readonly unknown[]): Promise<TestSite> {
  const { url: jwksUrl } = await serveKeys(() => keys as readonly JWK[]);
  const client = { name: "Backend", clientId: backendApp, audience: "backend", jwksUrl } as const;
  return startSite({ sampleClients: false, clients: [client] });
}

describe("1.7 assertions that nobody sends in good faith", () => {
  test.each([
    { what: "a number as aud", aud: 5 },
    { what: "an object as aud", aud: {} },
    { what: "an empty list as aud", aud: [] },
    { what: "a list of others as aud", aud: ["https://elsewhere.example/token", 7, null] },
  ])("$what is invalid_client", async ({ aud }) => {
    const site = await siteWith([key.jwk]);
    const assertion = await assertionFor(site, key, { claims: { aud } });
    expect(await refusalOf(await askAsBackend(site, assertion))).toBe(refused("invalid_client"));
  });

  test("a list that holds the token address among others is taken", async () => {
    const site = await siteWith([key.jwk]);
    const aud = ["https://elsewhere.example/token", site.site.addresses.token];
    const assertion = await assertionFor(site, key, { claims: { aud } });
    expect((await askAsBackend(site, assertion)).status).toBe(200);
  });

  test("one without a signature, by the algorithm none, is invalid_client", async () => {
    const site = await siteWith([key.jwk]);
    const [, claims = ""] = (await assertionFor(site, key)).split(".");
    for (const alg of ["none", "NONE", undefined]) {
      const assertion = `${encoded({ alg, typ: "JWT", kid: "key-1" })}.${claims}.`;
      expect(await refusalOf(await askAsBackend(site, assertion))).toBe(refused("invalid_client"));
    }
  });

  test("one that takes the public key for a shared secret is invalid_client", async () => {
    const site = await siteWith([key.jwk]);
    const [, claims = ""] = (await assertionFor(site, key)).split(".");
    const imported = await importJWK(key.jwk, "RS384");
    if (imported instanceof Uint8Array) throw new Error("no key of RSA");
    const signed = `${encoded({ alg: "HS256", typ: "JWT", kid: "key-1" })}.${claims}`;
    const mac = createHmac("sha256", await exportSPKI(imported))
      .update(signed)
      .digest("base64url");
    const answer = await askAsBackend(site, `${signed}.${mac}`);
    expect(await refusalOf(answer)).toBe(refused("invalid_client"));
  });

  test("one that names an extension which nobody knows as critical is invalid_client", async () => {
    const site = await siteWith([key.jwk]);
    const [head = "", claims = ""] = (await assertionFor(site, key)).split(".");
    const header = JSON.parse(Buffer.from(head, "base64url").toString()) as object;
    const signed = `${encoded({ ...header, crit: ["x"], x: 1 })}.${claims}`;
    const name = { name: "RSASSA-PKCS1-v1_5" };
    const bytes = await crypto.subtle.sign(name, key.privateKey, Buffer.from(signed));
    const assertion = `${signed}.${Buffer.from(bytes).toString("base64url")}`;
    expect(await refusalOf(await askAsBackend(site, assertion))).toBe(refused("invalid_client"));
  });

  test("an address of its own for keys is never asked", async () => {
    const stranger = await clientKey();
    const theirs = await serveKeys(() => [stranger.jwk]);
    const site = await siteWith([key.jwk]);
    const assertion = await assertionFor(site, stranger, { header: { jku: theirs.url } });
    expect(await refusalOf(await askAsBackend(site, assertion))).toBe(refused("invalid_client"));
    expect(theirs.asked).toBe(0);
  });
});

describe("1.7 key sets that are none", () => {
  test.each([
    { what: "nothing in place of a key", keys: [null] },
    { what: "a number as modulus", keys: [{ kty: "RSA", kid: "key-1", n: 5, e: "AQAB" }] },
    { what: "a modulus that is empty", keys: [{ kty: "RSA", kid: "key-1", n: "", e: "AQAB" }] },
    { what: "a shared secret", keys: [{ kty: "oct", kid: "key-1", k: "c2VjcmV0" }] },
  ])("$what is invalid_client", async ({ keys }) => {
    const site = await siteWith(keys);
    const answer = await askAsBackend(site, await assertionFor(site, key));
    expect(await refusalOf(answer)).toBe(refused("invalid_client"));
  });
});

describe("1.9 bad parameter: what cannot be read", () => {
  const send = (url: string, contentType: string, body: string) =>
    fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": contentType, authorization: "Bearer nobody" },
      body,
    });

  test.each(["text/xml", "application/json"])("as %s is invalid_request", async (contentType) => {
    const { addresses } = (await startSite()).site;
    for (const url of [addresses.token, addresses.register]) {
      expect(await refusalOf(await send(url, contentType, "{<"))).toBe(refused("invalid_request"));
    }
  });

  test("where a page is expected is a page, and nothing of the cause is told", async () => {
    const { addresses } = (await startSite()).site;
    for (const url of [addresses.authorize, `${addresses.oauthBase}/signin`]) {
      const answer = await send(url, "application/json", "{<");
      const text = await answer.text();
      expect([answer.status, text.includes("Something went wrong trying to authorize")]).toEqual([
        400,
        true,
      ]);
    }
  });

  test("because it says more than an address can is a page, and nothing of it is kept", async () => {
    const site = await startSite();
    const { searchParams } = new URL(authorizeUrl(site, { state: "s".repeat(9000) }));
    const form = { ...Object.fromEntries(searchParams), launch: "any" };
    const answer = await post(site.site.addresses.authorize, form);
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain("waiting");
    const short = await post(site.site.addresses.authorize, { ...form, state: "st-1" });
    expect(short.status).toBe(200);
  });

  test("because it is too large is a page of the web server in front", async () => {
    const site = await startSite({}, { maxBodyBytes: 1024 });
    const answer = await post(site.site.addresses.token, { grant_type: "g".repeat(2000) });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([413, "text/html"]);
    expect(await answer.text()).toContain("413 - Request entity too large.");
  });
});

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
