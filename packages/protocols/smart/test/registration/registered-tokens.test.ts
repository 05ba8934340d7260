import { newToken, useSecret } from "@trestle/base";
import { FakeClock } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type RegisteredClient,
  type TokenCache,
  registerClient,
  registeredTokens,
} from "../../src/index.ts";
import { type Behaviour, json, page } from "../support/http-server.ts";
import { type LaunchingApp, openLaunchingApp } from "../support/launching-app.ts";
import { type OAuthServer, refused, startOAuthServer } from "../support/oauth-server.ts";
import { type SigningApp, startSigningApp } from "../support/signing-app.ts";

let clock: FakeClock;
let server: OAuthServer;
let phone: SigningApp;
let launching: LaunchingApp;

beforeEach(async () => {
  clock = new FakeClock();
  server = await startOAuthServer(clock);
  phone = await startSigningApp(clock, { algorithm: "RS384" });
  launching = openLaunchingApp(server, clock);
});

afterEach(async () => {
  await launching.http.close();
  await server.close();
  await phone.http.close();
});

test("an installation registers its own key, and has access without its user from then on", async () => {
  const { clientId } = await register();
  const tokens = tokensOf(clientId);
  for (let hour = 2; hour < 5; hour += 1) {
    expect(useSecret((await tokens.current()).accessToken)).toBe(`access-${hour}`);
    clock.advance(3_600_000);
  }
  const form = new URLSearchParams(server.http.received.at(-1)?.body);
  expect([...form.keys()].sort()).toEqual(["assertion", "client_id", "grant_type"]);
});

test("a key that is not the registered one is refused, and so it says", async () => {
  const { clientId } = await register();
  const [first] = await phone.ring.status();
  await phone.ring.discard(first?.keyId ?? "");
  await expect(tokensOf(clientId).current()).rejects.toMatchObject({
    code: "smart.assertionRefused",
    facts: { error: "invalid_grant" },
  });
});

describe("registration is refused", () => {
  test.each<{ what: string; behaviour: Behaviour; code: string }>([
    { what: "by a code", behaviour: refused("invalid_grant"), code: "smart.registrationRefused" },
    { what: "for want of a token", behaviour: { status: 401 }, code: "smart.registrationRefused" },
    { what: "without an id", behaviour: json({}, 201), code: "smart.registrationRefused" },
    { what: "by a page", behaviour: page(404), code: "smart.pageInsteadOfAnswer" },
    { what: "for now", behaviour: { status: 503 }, code: "smart.unavailable" },
    { what: "by silence", behaviour: "break", code: "smart.fateUnknown" },
  ])("$what: $code", async ({ behaviour, code }) => {
    server.http.misbehave("/register", behaviour);
    await expect(register()).rejects.toMatchObject({ code });
  });
});

async function register(): Promise<RegisteredClient> {
  const { tokens } = await launching.launch();
  return registerClient(launching.http, {
    registerUrl: server.tokenUrl.replace("token", "register"),
    initialToken: tokens.accessToken,
    softwareId: "app-1",
    keySet: await phone.ring.keySet(),
  });
}

function tokensOf(clientId: string): TokenCache {
  return registeredTokens({
    http: launching.http,
    clock,
    discovery: launching.discovery,
    fhirBaseUrl: server.fhirBaseUrl,
    clientId,
    signer: { ...phone.signer, newToken },
  });
}
