import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { FakeClock, eventually, testCertificate } from "@trestle/testkit";
import { Agent } from "undici";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type SmartHttp, openSmartHttp } from "../../src/index.ts";
import { type TestHttpServer, startHttpServer } from "../support/http-server.ts";

let server: TestHttpServer;
let http: SmartHttp;

beforeEach(async () => {
  server = await startHttpServer(new FakeClock(), () => ({ status: 200, body: "x".repeat(2000) }));
  http = openSmartHttp({ maxAnswerBytes: 2000 });
});

afterEach(async () => {
  await http.close();
  await server.close();
});

test("an answer as large as allowed is taken, and one byte more is not", async () => {
  expect((await get(server.origin)).text).toHaveLength(2000);
  server.misbehave("", { status: 200, body: "x".repeat(2001) });
  await expect(get(server.origin)).rejects.toMatchObject({
    code: "smart.answerTooLarge",
    facts: { maxAnswerBytes: 2000 },
  });
});

test("a redirect is not followed, for credentials would go along", async () => {
  server.misbehave("/a", { status: 307, headers: { location: "/b" } });
  expect((await get(`${server.origin}/a`)).status).toBe(307);
  expect(server.count("/b")).toBe(0);
});

describe("what a missing answer means", () => {
  test.each([
    { isRepeatable: true, code: "smart.noAnswer", failure: "transient" },
    { isRepeatable: false, code: "smart.fateUnknown", failure: "ambiguous" },
  ])("where repeating is harmless ($isRepeatable) it is $failure", async (row) => {
    const hasty = openSmartHttp({ totalTimeoutMs: 300 });
    for (const behaviour of ["silence", "break"] as const) {
      server.misbehave("", behaviour);
      const { origin: url } = server;
      await expect(
        hasty.send({ method: "POST", url, body: "", isRepeatable: row.isRepeatable }),
      ).rejects.toMatchObject({ code: row.code, failure: row.failure });
    }
    await hasty.close();
  });

  test("nothing was sent to a port where nobody listens", async () => {
    const { origin: url } = server;
    await server.close();
    await expect(
      http.send({ method: "POST", url, body: "", isRepeatable: false }),
    ).rejects.toMatchObject({ code: "smart.notReached", failure: "transient" });
    server = await startHttpServer(new FakeClock(), () => ({ status: 200 }));
  });

  test("a request that was under way when the way was closed may have arrived", async () => {
    server.misbehave("", "silence");
    const closing = openSmartHttp();
    const { origin: url } = server;
    const asked = closing.send({ method: "POST", url, body: "", isRepeatable: false });
    await eventually("it is asked", () => server.received.length === 1);
    await closing.close();
    await expect(asked).rejects.toMatchObject({ code: "smart.fateUnknown" });
  });

  test.each([
    { syscall: "connect", code: "smart.notReached" },
    { syscall: "read", code: "smart.fateUnknown" },
  ])("time that ran out in $syscall is $code", async ({ syscall, code }) => {
    const failing = new Agent({
      connect: (_, done) => {
        done(Object.assign(new Error("timed out"), { code: "ETIMEDOUT", syscall }), null);
      },
    });
    const asked = openSmartHttp({}, failing).send({
      method: "POST",
      url: server.origin,
      body: "",
      isRepeatable: false,
    });
    await expect(asked).rejects.toMatchObject({ code });
  });

  test("a caller that gave up is told so", async () => {
    server.misbehave("", "silence");
    const patience = new AbortController();
    const asked = http.send({
      method: "GET",
      url: server.origin,
      isRepeatable: true,
      signal: patience.signal,
    });
    await eventually("it is asked", () => server.received.length === 1);
    patience.abort();
    await expect(asked).rejects.toMatchObject({ code: "smart.cancelled" });
  });
});

describe("an address that is not secure", () => {
  test.each(["http://hospital.example/token", "ftp://127.0.0.1/", "hospital", "/token"])(
    "%s is refused before anything is sent",
    async (url) => {
      await expect(get(url)).rejects.toMatchObject({ code: "smart.addressNotSecure" });
    },
  );

  test("is allowed where somebody says so", async () => {
    const open = openSmartHttp({ allowPlainHttp: true, totalTimeoutMs: 2000 });
    const asked = open.send({ method: "GET", url: "http://x.invalid/", isRepeatable: true });
    await expect(asked).rejects.toMatchObject({ code: "smart.notReached" });
    await open.close();
  });
});

const ofTheMachine = getCACertificates();

test("a certificate is checked, and an authority can be named besides the machine's own", async () => {
  const authority = testCertificate({ name: "Invented authority" });
  const { key, certificate } = testCertificate({ name: "hospital.example", authority });
  const secure = createServer({ key, cert: certificate }, (_, response) => response.end("hello"));
  await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
  const url = `https://127.0.0.1:${(secure.address() as AddressInfo).port}/`;
  await expect(get(url)).rejects.toMatchObject({ code: "smart.certificateRefused" });
  const trusting = openSmartHttp({ authorities: authority.certificate });
  const asked = await trusting.send({ method: "GET", url, isRepeatable: true });
  expect(asked.text).toBe("hello");
  await trusting.close();

  setDefaultCACertificates([authority.certificate]);
  onTestFinished(() => setDefaultCACertificates(ofTheMachine));
  const another = testCertificate({ name: "Another authority" });
  const both = openSmartHttp({ authorities: another.certificate });
  expect((await both.send({ method: "GET", url, isRepeatable: true })).text).toBe("hello");
  await both.close();
  secure.close();
  secure.closeAllConnections();
});

function get(url: string) {
  return http.send({ method: "GET", url, isRepeatable: true });
}
