import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Application, type ApplicationOptions, startApplication } from "../src/index.ts";

describe("a delivery", () => {
  test("is accepted, and shown by what it holds", async () => {
    const { url, arrivals } = await start();
    const { status } = await deliver(url, { key: "a" });
    expect(status).toBe(201);
    expect(await arrivalsAt(url)).toMatchObject({
      received: 1,
      repeats: 0,
      newest: [
        {
          key: "a",
          type: "ORU^R01",
          site: "lakeshore",
          isReplay: false,
          summary: "BEAM, ADA TEST: Patient, 2 Observation",
        },
      ],
    });
    expect(arrivals.received).toBe(1);
  });

  test("that repeats a key is accepted again, and counted once", async () => {
    const { url, arrivals } = await start();
    const answers = [];
    for (const key of ["a", "a", "b", "a"]) answers.push((await deliver(url, { key })).status);
    expect(answers).toEqual([201, 200, 201, 200]);
    expect(arrivals).toMatchObject({ received: 2, repeats: 2 });
    expect(arrivals.newest.map(({ key }) => key)).toEqual(["b", "a"]);
  });

  test("that is sent twenty times at once is counted once", async () => {
    const { url, arrivals } = await start();
    const all = await Promise.all(Array.from({ length: 20 }, () => deliver(url, { key: "a" })));
    expect(all.filter(({ status }) => status === 201).length).toBe(1);
    expect(arrivals).toMatchObject({ received: 1, repeats: 19 });
  });

  test("says when it is a replay", async () => {
    const { url, arrivals } = await start();
    await deliver(url, { key: "a", headers: { "trestle-replay": "true" } });
    expect(arrivals.newest[0]?.isReplay).toBe(true);
  });

  test("may come in pieces, cut through a character", async () => {
    const { url, arrivals } = await start();
    const bytes = Buffer.from(bundle({ family: "ZOË" }));
    const cut = bytes.indexOf(0xc3) + 1;
    const sending = request(`${url}/trestle`, {
      method: "POST",
      headers: { "idempotency-key": "a" },
    });
    sending.write(bytes.subarray(0, cut));
    sending.end(bytes.subarray(cut));
    await once(sending, "response");
    expect(arrivals.newest[0]?.summary).toContain("ZOË");
  });
});

describe("what cannot be taken is answered and not counted:", () => {
  test.each([
    { what: "no JSON", body: "{", status: 400, says: "The body is not JSON." },
    { what: "nothing", body: "", status: 400, says: "The body is not JSON." },
    { what: "no Bundle", body: '{"resourceType":"Patient"}', status: 422, says: "not a Bundle" },
    { what: "a list", body: "[1]", status: 422, says: "not a Bundle" },
    { what: "null", body: "null", status: 422, says: "not a Bundle" },
    { what: "no key", body: bundle(), key: "", status: 400, says: "An Idempotency-Key" },
    { what: "an endless key", body: bundle(), key: "k".repeat(257), status: 400, says: "1 to 256" },
  ])("$what", async ({ body, key = "a", status, says }) => {
    const { url, arrivals } = await start();
    const answer = await deliver(url, { key, body });
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(says);
    expect(arrivals).toMatchObject({ received: 0, repeats: 0 });
  });

  test.each([
    { what: "an entry that is no list", body: { entry: {} } },
    { what: "an entry of nothing", body: { entry: [null, 1, { resource: null }] } },
    { what: "a name of odd kinds", body: { entry: [{ resource: odd }] } },
  ])("but a Bundle with $what is taken", async ({ body }) => {
    const { url, arrivals } = await start();
    const text = JSON.stringify({ resourceType: "Bundle", ...body });
    expect((await deliver(url, { key: "a", body: text })).status).toBe(201);
    expect(arrivals.newest[0]?.summary).toMatch(/^no patient: /u);
  });

  test("a body larger than allowed, whether it tells its size or not", async () => {
    const { url, arrivals } = await start({ maxBodyBytes: 1000 });
    const large = bundle({ family: "B".repeat(5_000_000) });
    for (const body of [large, streamOf(large)]) {
      const answer = await deliver(url, { key: "a", body });
      expect(answer).toEqual({ status: 413, body: "The body has more than 1000 bytes.\n" });
    }
    expect(arrivals.received).toBe(0);
    expect((await deliver(url, { key: "a" })).status).toBe(201);
  });

  test("a body of just the size that is allowed is", async () => {
    const body = bundle();
    const { url } = await start({ maxBodyBytes: Buffer.byteLength(body) });
    expect((await deliver(url, { key: "a", body })).status).toBe(201);
    expect((await deliver(url, { key: "b", body: `${body} ` })).status).toBe(413);
  });

  test.each(["/nowhere", "/trestle"])("a page that is not there: %s", async (path) => {
    const { url } = await start();
    expect((await fetch(`${url}${path}`)).status).toBe(404);
  });
});

describe("memory is bounded:", () => {
  test("the page shows the newest, the counts go on", async () => {
    const { url, arrivals } = await start({ maxShown: 3 });
    for (const key of ["a", "b", "c", "d", "e"]) await deliver(url, { key });
    expect(arrivals.newest.map(({ key }) => key)).toEqual(["e", "d", "c"]);
    expect(arrivals.received).toBe(5);
  });

  test("of keys the newest are remembered", async () => {
    const { url } = await start({ maxKeys: 2 });
    const answers = [];
    for (const key of ["a", "b", "c", "c", "b", "a"]) {
      answers.push((await deliver(url, { key })).status);
    }
    expect(answers).toEqual([201, 201, 201, 200, 200, 201]);
  });

  test("what is kept of an arrival is short, however long its values are", async () => {
    const { url, arrivals } = await start();
    const long = "L".repeat(5000);
    await deliver(url, {
      key: "a",
      body: bundle({ family: long }),
      headers: { "trestle-type": long, "trestle-site": long },
    });
    const [arrival] = arrivals.newest;
    expect([arrival?.summary, arrival?.type, arrival?.site].map((text) => text?.length)).toEqual([
      200, 100, 100,
    ]);
  });

  test("connections beyond the limit are closed, and those that end make room", async () => {
    const { url } = await start({ maxConnections: 1 });
    const { hostname, port } = new URL(url);
    const first = connect(Number(port), hostname);
    await once(first, "connect");
    await expect(fetch(`${url}/arrivals`)).rejects.toThrow("fetch failed");
    first.destroy();
    await vi.waitFor(() => arrivalsAt(url), { timeout: 5000 });
  });
});

describe("the application", () => {
  test("goes on when a sender goes away in the middle", async () => {
    const { url, arrivals } = await start();
    const sending = request(`${url}/trestle`, {
      method: "POST",
      headers: { "idempotency-key": "a", "content-length": "1000" },
    });
    sending.on("error", () => {});
    sending.write("{");
    await once(sending, "socket");
    sending.destroy();
    expect((await deliver(url, { key: "b" })).status).toBe(201);
    expect(arrivals.received).toBe(1);
  });

  test("shows a page, of which nothing comes from elsewhere", async () => {
    const { url } = await start();
    const page = await fetch(url);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(await page.text()).not.toMatch(/https?:\/\//u);
  });

  test("cannot start where another listens", async () => {
    const { url } = await start();
    await expect(start({ port: Number(new URL(url).port) })).rejects.toThrow("EADDRINUSE");
  });

  test("stops although a connection is open", async () => {
    const application = await start();
    const { hostname, port } = new URL(application.url);
    const open = connect(Number(port), hostname).on("error", () => {});
    await once(open, "connect");
    await application.stop();
    await expect(fetch(application.url)).rejects.toThrow("fetch failed");
  });
});

async function start(options: Partial<ApplicationOptions> = {}): Promise<Application> {
  const defaults = { host: "127.0.0.1", port: 0, maxBodyBytes: 1_000_000 };
  const application = await startApplication({ ...defaults, ...options });
  onTestFinished(() => application.stop());
  return application;
}

interface Delivery {
  readonly key: string;
  readonly body?: string | ReadableStream;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As the hub sends a result. */
async function deliver(url: string, { key, body = bundle(), headers }: Delivery) {
  const answer = await fetch(`${url}/trestle`, {
    method: "POST",
    headers: {
      "content-type": "application/fhir+json",
      "trestle-site": "lakeshore",
      "trestle-type": "ORU^R01",
      ...(key === "" ? {} : { "idempotency-key": key }),
      ...headers,
    },
    body,
    ...(typeof body === "string" ? {} : { duplex: "half" }),
  });
  return { status: answer.status, body: await answer.text() };
}

async function arrivalsAt(url: string): Promise<unknown> {
  return (await fetch(`${url}/arrivals`)).json();
}

function bundle({ family = "BEAM" } = {}): string {
  return JSON.stringify({
    resourceType: "Bundle",
    entry: [
      { resource: { resourceType: "Patient", name: [{ family, given: ["ADA", "TEST"] }] } },
      { resource: { resourceType: "Observation", status: "final" } },
      { resource: { resourceType: "Observation", status: "final" } },
    ],
  });
}

/** In pieces, so that the size is not told beforehand. */
function streamOf(text: string): ReadableStream {
  return ReadableStream.from(
    [text.slice(0, 500), text.slice(500)].map((part) => Buffer.from(part)),
  );
}

const odd = { resourceType: "Patient", name: { family: 1 } };
