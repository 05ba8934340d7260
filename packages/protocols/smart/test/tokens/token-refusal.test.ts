import { TrestleError, newToken } from "@trestle/base";
import { FakeClock } from "@trestle/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  Discovery,
  type SmartHttp,
  backendTokens,
  openSmartHttp,
  partyToAsk,
} from "../../src/index.ts";
import { type Behaviour, json, page } from "../support/http-server.ts";
import { type OAuthServer, refused, startOAuthServer } from "../support/oauth-server.ts";
import { type SigningApp, startSigningApp } from "../support/signing-app.ts";

let clock: FakeClock;
let server: OAuthServer;
let app: SigningApp;
let http: SmartHttp;

beforeAll(async () => {
  clock = new FakeClock();
  server = await startOAuthServer(clock);
  app = await startSigningApp(clock);
});

afterAll(async () => {
  await server.close();
  await app.http.close();
});

test.each<{ what: string; behaviour: Behaviour; code: string; failure: string; party: string }>([
  {
    what: "invalid_client",
    behaviour: refused("invalid_client"),
    code: "clientRefused",
    failure: "permanent",
    party: "registration",
  },
  {
    what: "invalid_client by 401",
    behaviour: refused("invalid_client", 401),
    code: "clientRefused",
    failure: "permanent",
    party: "registration",
  },
  {
    what: "invalid_client by 500",
    behaviour: refused("invalid_client", 500),
    code: "clientRefused",
    failure: "permanent",
    party: "registration",
  },
  {
    what: "an error by 200",
    behaviour: refused("invalid_client", 200),
    code: "clientRefused",
    failure: "permanent",
    party: "registration",
  },
  {
    what: "unauthorized_client",
    behaviour: refused("unauthorized_client"),
    code: "clientNotEnabled",
    failure: "permanent",
    party: "hospital",
  },
  {
    what: "invalid_request",
    behaviour: refused("invalid_request"),
    code: "requestRefused",
    failure: "permanent",
    party: "registration",
  },
  {
    what: "invalid_scope",
    behaviour: refused("invalid_scope"),
    code: "scopeRefused",
    failure: "permanent",
    party: "registration",
  },
  {
    what: "unsupported_grant_type",
    behaviour: refused("unsupported_grant_type"),
    code: "grantTypeRefused",
    failure: "permanent",
    party: "registration",
  },
  {
    what: "a code of its own",
    behaviour: refused("403", 403),
    code: "tokenRefused",
    failure: "permanent",
    party: "hospital",
  },
  {
    what: "server_error",
    behaviour: refused("server_error"),
    code: "unavailable",
    failure: "transient",
    party: "hospital",
  },
  {
    what: "429",
    behaviour: { status: 429 },
    code: "unavailable",
    failure: "transient",
    party: "hospital",
  },
  {
    what: "503 as a page",
    behaviour: page(503),
    code: "unavailable",
    failure: "transient",
    party: "hospital",
  },
  {
    what: "403 as a page",
    behaviour: page(403),
    code: "pageInsteadOfAnswer",
    failure: "permanent",
    party: "network",
  },
  {
    what: "200 as a page",
    behaviour: page(200),
    code: "pageInsteadOfAnswer",
    failure: "permanent",
    party: "network",
  },
  {
    what: "400 without a word",
    behaviour: { status: 400 },
    code: "notJson",
    failure: "permanent",
    party: "hospital",
  },
  {
    what: "a redirect",
    behaviour: { status: 302, headers: { location: "/elsewhere" } },
    code: "notJson",
    failure: "permanent",
    party: "hospital",
  },
  {
    what: "a list",
    behaviour: json(["a"]),
    code: "notJson",
    failure: "permanent",
    party: "hospital",
  },
  {
    what: "no token",
    behaviour: json({ token_type: "bearer" }),
    code: "tokenMissing",
    failure: "permanent",
    party: "hospital",
  },
  {
    what: "too much",
    behaviour: json({ text: "x".repeat(3000) }),
    code: "answerTooLarge",
    failure: "permanent",
    party: "hospital",
  },
  {
    what: "silence",
    behaviour: "silence",
    code: "noAnswer",
    failure: "transient",
    party: "network",
  },
  {
    what: "a broken connection",
    behaviour: "break",
    code: "noAnswer",
    failure: "transient",
    party: "network",
  },
])("$what is smart.$code: ask the $party", async ({ behaviour, code, failure, party }) => {
  http = openSmartHttp({
    totalTimeoutMs: behaviour === "silence" ? 300 : 20_000,
    maxAnswerBytes: 2000,
  });
  server.http.misbehave("/token", behaviour);
  const error: unknown = await tokens()
    .current()
    .catch((error: unknown) => error);
  expect(error).toMatchObject({ code: `smart.${code}`, failure });
  expect(error instanceof TrestleError && partyToAsk(error)).toBe(party);
  await http.close();
});

test("what a server says in words is not repeated, since nobody knows what is in it", async () => {
  http = openSmartHttp();
  const body = { error: "patient Ann <b>", error_description: "Ann's record", error_uri: "x" };
  server.http.misbehave("/token", json(body, 400));
  const error: unknown = await tokens()
    .current()
    .catch((error: unknown) => error);
  expect(error).toMatchObject({ code: "smart.tokenRefused", facts: { error: "unreadable" } });
  expect(JSON.stringify(error) + String(error)).not.toContain("Ann");
  await http.close();
});

function tokens() {
  return backendTokens({
    http,
    clock,
    discovery: new Discovery({ http: openSmartHttp(), clock }),
    fhirBaseUrl: server.fhirBaseUrl,
    client: {
      clientId: "backend-1",
      authentication: { type: "key", signer: { ...app.signer, newToken } },
    },
  });
}
