import { useSecret } from "@trestle/base";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Hub, browserCookie, openHub } from "./hub-fixture.ts";
import { told } from "./hub-call.ts";
import { routes } from "../src/contract/index.ts";

let hub: Hub;
beforeEach(async () => {
  hub = await openHub();
});
afterEach(() => hub.close());

describe("signing in", () => {
  test("by a link gives a browser a session that scripts cannot read", async () => {
    const link = await hub.access.createLink({ role: "administrator", validMinutes: 5 });
    const body = { token: useSecret(link.token), name: "  Ada  " };
    const reply = await hub.call("POST", "/api/v1/sign-in", { isSignedIn: false, body });
    expect(reply.json).toMatchObject({
      person: { name: "Ada", role: "administrator" },
      masksUntilPurpose: true,
    });
    expect(String(reply.headers["set-cookie"])).toMatch(
      /^trestle_session=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/u,
    );
    const again = await hub.call("POST", "/api/v1/sign-in", { isSignedIn: false, body });
    expect(again).toMatchObject({ status: 403, json: { code: "access.linkUsed" } });
  });

  test("with guesses is refused after a few", async () => {
    const body = { token: "a guess that is long enough", name: "Mallory" };
    const attempts = [];
    for (let number = 0; number < 4; number += 1) {
      attempts.push(await hub.call("POST", "/api/v1/sign-in", { isSignedIn: false, body }));
    }
    expect(attempts.map(({ status }) => status)).toEqual([403, 403, 403, 429]);
    expect(attempts[3]?.json).toMatchObject({ code: "access.tooManyAttempts" });
    const wait = Number(attempts[3]?.headers["retry-after"]);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
  });

  test("ends when the person signs out", async () => {
    const headers = {
      cookie: await browserCookie(hub),
      "sec-fetch-site": "same-origin",
      "content-type": "application/json",
    };
    const browser = { isSignedIn: false, headers };
    expect(await hub.call("GET", "/api/v1/session", browser)).toMatchObject({
      status: 200,
      json: { person: { name: "Ada Admin" } },
    });
    const out = await hub.call("DELETE", "/api/v1/session", browser);
    expect(out.status).toBe(200);
    expect(String(out.headers["set-cookie"])).toContain("Max-Age=0");
    expect(await hub.call("GET", "/api/v1/session", browser)).toMatchObject({
      status: 401,
      json: { code: "api.notSignedIn" },
    });
  });

  test("a person with the operator token can invite another by a link behind a #", async () => {
    const invited = await hub.call("POST", "/api/v1/sign-in-links", {
      headers: { "content-type": "application/json" },
    });
    const { url } = told(routes.inviteAdministrator, invited);
    const { origin, pathname, hash } = new URL(url);
    expect([origin, pathname]).toEqual([hub.api.url, "/sign-in"]);
    const body = { token: hash.slice(1), name: "Bo" };
    const reply = await hub.call("POST", "/api/v1/sign-in", { isSignedIn: false, body });
    expect(reply.status).toBe(200);
  });

  test.each([
    "/api/v1/overview",
    "/api/v1/messages",
    "/api/v1/patients",
    "/api/v1/events",
    "/api/v1/session",
  ])("%s needs it", async (path) => {
    const reply = await hub.call("GET", path, { isSignedIn: false });
    expect(reply).toMatchObject({ status: 401, json: { code: "api.notSignedIn", status: 401 } });
    expect(reply.headers["content-type"]).toBe("application/problem+json");
  });
});

describe("a foreign page", () => {
  const search = { search: "Beam" };

  test.each([
    { what: "its origin", headers: { origin: "https://elsewhere.example" }, status: 403 },
    { what: "its site", headers: { "sec-fetch-site": "cross-site" }, status: 403 },
    { what: "a neighbour's site", headers: { "sec-fetch-site": "same-site" }, status: 403 },
    { what: "nothing", headers: {}, status: 403 },
    { what: "our own site", headers: { "sec-fetch-site": "same-origin" }, status: 200 },
  ])("that states $what gets $status with the browser's cookie", async ({ headers, status }) => {
    const cookie = await browserCookie(hub);
    const options = { isSignedIn: false, body: search, headers: { ...headers, cookie } };
    expect((await hub.call("POST", "/api/v1/patients/search", options)).status).toBe(status);
  });

  test("cannot use a form, whose body is not JSON", async () => {
    const cookie = await browserCookie(hub);
    const headers = { cookie, "sec-fetch-site": "same-origin", "content-type": "text/plain" };
    const reply = await hub.call("POST", "/api/v1/patients/search", { isSignedIn: false, headers });
    expect(reply).toMatchObject({ status: 415, json: { code: "api.notJson" } });
  });

  test("cannot give its own name to this machine's address", async () => {
    const reply = await hub.call("GET", "/api/v1/overview", {
      headers: { host: "rebound.example:8080" },
    });
    expect(reply).toMatchObject({ status: 421, json: { code: "api.foreignHost" } });
    expect(
      (await hub.call("GET", "/healthz", { headers: { host: `localhost:${hub.api.port}` } }))
        .status,
    ).toBe(200);
  });
});
