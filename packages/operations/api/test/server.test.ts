import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EventFeed } from "../src/index.ts";
import { type Hub, openHub } from "./hub-fixture.ts";

let hub: Hub;
beforeEach(async () => {
  hub = await openHub();
});
afterEach(() => hub.close());

describe("a request that is not what the route takes", () => {
  test("names every part that is wrong, never the value", async () => {
    const reply = await hub.call("GET", "/api/v1/messages?limit=9999&outcome=Beam&colour=red");
    expect(reply).toMatchObject({ status: 400, json: { code: "api.badRequest" } });
    const named = ["query.limit", "query.outcome"].map((at) => expect.objectContaining({ at }));
    expect(reply.json).toMatchObject({ issues: expect.arrayContaining(named) });
    expect(reply.text).not.toContain("Beam");
  });

  test.each([
    {
      what: "a cursor of nobody",
      method: "GET",
      path: "/api/v1/messages?cursor=zzz",
      status: 400,
      code: "api.badRequest",
    },
    {
      what: "a message of nobody",
      method: "GET",
      path: "/api/v1/messages/99",
      status: 404,
      code: "api.notFound",
    },
    {
      what: "a message id that is none",
      method: "GET",
      path: "/api/v1/messages/abc",
      status: 404,
      code: "api.notFound",
    },
    {
      what: "a patient of nobody",
      method: "GET",
      path: "/api/v1/patients/nobody",
      status: 404,
      code: "api.notFound",
    },
    {
      what: "a path of nobody",
      method: "GET",
      path: "/api/v1/nothing",
      status: 404,
      code: "api.notFound",
    },
    {
      what: "a purpose of nobody",
      method: "GET",
      path: "/api/v1/patients",
      headers: { "trestle-purpose": "curiosity" },
      status: 400,
      code: "api.badRequest",
    },
    {
      what: "a URL that is none",
      method: "GET",
      path: "/api/v1/messages/%zz",
      status: 400,
      code: "api.badRequest",
    },
  ])("$what gets $status", async ({ method, path, status, code, headers = {} }) => {
    const reply = await hub.call(method, path, { headers });
    expect(reply).toMatchObject({ status, json: { code, status } });
  });

  test("a body that is too large is not read", async () => {
    const body = { search: "x".repeat(2_000_000) };
    const reply = await hub.call("POST", "/api/v1/patients/search", { body });
    expect(reply).toMatchObject({ status: 413, json: { code: "api.tooLarge" } });
  });
});

describe("the log", () => {
  test("names the route, never the URL or what was searched for", async () => {
    await hub.message();
    await hub.call("POST", "/api/v1/messages/search", { body: { patient: "E90001" } });
    await hub.call("GET", "/api/v1/messages?controlId=SECRET-1");
    expect(hub.logged.map((line) => JSON.parse(line).route)).toEqual([
      "searchMessages",
      "listMessages",
    ]);
    expect(hub.logged.join()).not.toMatch(/E90001|SECRET|\/api/u);
  });
});

describe("what is around the API", () => {
  test("the hub says that it lives, and whether it is ready and why not", async () => {
    expect((await hub.call("GET", "/healthz", { isSignedIn: false })).status).toBe(200);
    expect((await hub.call("GET", "/readyz", { isSignedIn: false })).json).toEqual({
      ready: true,
      reasons: [],
    });
    hub.readiness.ready = false;
    hub.readiness.reasons.push("The disk is nearly full.");
    const reply = await hub.call("GET", "/readyz", { isSignedIn: false });
    expect(reply).toMatchObject({
      status: 503,
      json: { ready: false, reasons: ["The disk is nearly full."] },
    });
    const overview = await hub.call("GET", "/api/v1/overview");
    expect(overview.json).toMatchObject({
      state: "bad",
      sentence: "Not ready: The disk is nearly full.",
    });
  });

  test("the documentation is data and a page", async () => {
    const { json } = await hub.call("GET", "/api/openapi.json", { isSignedIn: false });
    expect(json).toMatchObject({ openapi: "3.1.0" });
    const docs = await hub.call("GET", "/api/docs", { isSignedIn: false });
    expect(docs.headers["content-type"]).toContain("text/html");
    expect(docs.text).toContain("/api/v1/messages/:messageId/replay");
    expect(docs.text).not.toMatch(/<script|https?:\/\/(?!json-schema)/u);
  });

  test("metrics count messages by place, and hold no patient data", async () => {
    await hub.message();
    await hub.message({
      disposition: "refused",
      answer: "AE",
      reason: { code: "x", text: "X.", hint: "Y." },
    });
    await hub.call("GET", "/api/v1/overview");
    const { text } = await hub.call("GET", "/metrics", { isSignedIn: false });
    expect(text).toContain(
      'trestle_messages_total{site="lakeshore",channel="adt-in",kind="accepted"} 1',
    );
    expect(text).toContain(
      'trestle_messages_total{site="lakeshore",channel="adt-in",kind="refused"} 1',
    );
    expect(text).toContain('trestle_api_requests_total{route="getOverview",status="200"} 1');
    expect(text).toMatch(/^trestle_journal_position 2$/mu);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /mu);
    expect(text).not.toMatch(/E90001|Beam/u);
  });

  test("every reply carries the headers that keep browsers careful", async () => {
    const { headers } = await hub.call("GET", "/anything");
    expect(headers["content-security-policy"]).toContain("default-src 'self'");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
  });

  test("a hub without a console says how to build it", async () => {
    const reply = await hub.call("GET", "/messages/12", { isSignedIn: false });
    expect(reply.status).toBe(200);
    expect(reply.text).toContain("npm run build");
  });
});

test("a built console answers its own addresses, and only its hashed files are kept", async () => {
  const directory = mkdtempSync(join(tmpdir(), "trestle-console-"));
  mkdirSync(join(directory, "assets"));
  writeFileSync(join(directory, "index.html"), "<title>console</title>");
  writeFileSync(join(directory, "assets", "app-1a2b.js"), "1;");
  const other = await openHub({ consoleDirectory: directory });
  const get = (path: string) => other.call("GET", path, { isSignedIn: false });
  const [root, page, asset, missing, outside, api] = await Promise.all(
    [
      "/",
      "/messages/12?tab=tree",
      "/assets/app-1a2b.js",
      "/assets/gone.js",
      "/..%2f..%2fetc/passwd",
      "/api/nothing",
    ].map(get),
  );
  expect([root?.text, page?.text]).toEqual(["<title>console</title>", "<title>console</title>"]);
  expect([root, page].map((reply) => reply?.headers["cache-control"])).toEqual([
    "no-cache",
    "no-cache",
  ]);
  expect(asset?.headers["cache-control"]).toContain("immutable");
  expect(missing?.status).toBe(404);
  expect(outside?.text).not.toContain("root:");
  expect(api).toMatchObject({ status: 404, json: { code: "api.notFound" } });
  await other.close();
  rmSync(directory, { recursive: true });
});

describe("the start", () => {
  test("beyond loopback is refused without TLS or the word that a proxy does it", async () => {
    const settings = { host: "0.0.0.0" };
    await expect(openHub({ settings })).rejects.toMatchObject({ code: "api.notProtected" });
    const behind = await openHub({ settings: { ...settings, behindProxy: true } });
    expect((await behind.call("GET", "/metrics", { isSignedIn: false })).status).toBe(401);
    expect((await behind.call("GET", "/metrics")).status).toBe(200);
    await behind.close();
  });

  test("with a certificate that is none says so", async () => {
    const settings = { tls: { certificateFile: import.meta.filename, keyFile: "missing.pem" } };
    await expect(openHub({ settings })).rejects.toMatchObject({ code: "api.notListening" });
  });

  test("on a taken port says so", async () => {
    const settings = { port: hub.api.port };
    await expect(openHub({ settings })).rejects.toMatchObject({ code: "api.portTaken" });
  });
});

describe("events", () => {
  const follow = (headers: Record<string, string>) =>
    new Promise<{ status: number; next: (part: string) => Promise<string>; ended: Promise<void> }>(
      (resolve, reject) => {
        const sent = get(
          { host: "127.0.0.1", port: hub.api.port, path: "/api/v1/events", headers, agent: false },
          (response) => {
            let text = "";
            let look = () => {};
            response.setEncoding("utf8").on("data", (chunk: string) => {
              text += chunk;
              look();
            });
            const ended = new Promise<void>((end) => {
              response.once("close", end);
            });
            const next = (part: string) =>
              new Promise<string>((found) => {
                look = () => {
                  if (text.includes(part)) found(text);
                };
                look();
              });
            resolve({ status: response.statusCode ?? 0, next, ended });
          },
        );
        sent.on("error", reject);
      },
    );

  test("tell of messages without patient data, and of changes", async () => {
    const stream = await follow({ authorization: `Bearer ${hub.token}` });
    expect(stream.status).toBe(200);
    await stream.next(": open");
    await hub.message();
    hub.feed.messages(await hub.outbox.messages({ limit: 10 }));
    hub.feed.changed();
    const text = await stream.next("event: changed");
    expect(text).toContain("event: messages");
    expect(text).toContain('"type":"ADT^A08"');
    expect(text).not.toContain("E90001");
  });

  test("end with the hub, and are refused beyond the limit", async () => {
    const other = await openHub({ settings: { maxEventStreams: 1 } });
    const before = hub;
    hub = other;
    const stream = await follow({ authorization: `Bearer ${other.token}` });
    await stream.next(": open");
    const refused = await other.call("GET", "/api/v1/events");
    expect(refused).toMatchObject({ status: 429, json: { code: "api.tooMany" } });
    expect(refused.headers["retry-after"]).toBe("10");
    await other.close();
    await stream.ended;
    hub = before;
  });
});

test("a follower that does not read is dropped", async () => {
  const followers: ((event: string) => void)[] = [];
  const feed: EventFeed = {
    messages: () => {},
    changed: () => {},
    follow: (take) => {
      followers.push(take);
      return () => followers.splice(followers.indexOf(take), 1);
    },
  };
  const other = await openHub({ feed, settings: { maxEventBufferBytes: 1000 } });
  const socket = connect(other.api.port, "127.0.0.1");
  socket.write(
    `GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${other.token}\r\n\r\n`,
  );
  await once(socket, "data");
  socket.pause();
  const event = `data: ${"x".repeat(1_000_000)}\n\n`;
  for (let sent = 0; sent < 100 && followers.length > 0; sent += 1) {
    for (const take of followers) take(event);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(followers).toEqual([]);
  socket.destroy();
  await other.close();
});

test("a failure within tells nothing of itself", async () => {
  const broken = await openHub();
  await broken.message();
  broken.outbox.messages = () => Promise.reject(new Error("PID|Beam"));
  const reply = await broken.call("GET", "/api/v1/messages");
  expect(reply).toMatchObject({ status: 500, json: { code: "api.internal" } });
  expect(reply.text + broken.logged.join()).not.toContain("Beam");
  await broken.close();
});
