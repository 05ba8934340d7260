import { inspect } from "node:util";
import { Secret, TrestleError, useSecret } from "@trestle/base";
import { describe, expect, test } from "vitest";
import { type Dialect, issuesBehind, kindOf, plainDialect } from "../../src/client/index.ts";
import type { Condition } from "../../src/index.ts";
import { HTML_PAGE, SECRET_WORDS, outcomeOf } from "../support/invented.ts";
import { failureOf, opened, renewing } from "../support/opened.ts";
import { type Reply, inTurn } from "../support/scripted-server.ts";

const patient = { resourceType: "Patient", id: "p1" } as const;
const condition: Condition = {
  resourceType: "Condition",
  subject: { reference: "Patient/p1" },
  note: [{ text: SECRET_WORDS }],
};
const ok: Reply = { body: patient };
const html = { headers: { "content-type": "text/html" }, body: HTML_PAGE };
const insufficient = { "www-authenticate": 'Bearer error="insufficient_scope"' };

const dialect: Dialect = {
  ...plainDialect,
  codes: {
    4131: { error: "recordRestricted" },
    4135: { error: "dailyQuotaSpent" },
    4127: { error: "tooManyMatches" },
  },
};

describe("a read that fails", () => {
  test.each<[string, Reply, { code: string; failure: string; kind: string }]>([
    ["401", { status: 401, body: '""' }, is("tokenRefused", "permanent", "auth")],
    ["403 with an empty body", { status: 403 }, is("apiNotGranted", "permanent", "permission")],
    [
      "403 with a challenge",
      { status: 403, headers: insufficient, body: outcomeOf("fatal", "x") },
      is("apiNotGranted", "permanent", "permission"),
    ],
    [
      "403 with an outcome",
      { status: 403, body: outcomeOf("fatal", "forbidden") },
      is("userNotPermitted", "permanent", "permission"),
    ],
    [
      "403 with an outcome in XML",
      { status: 403, body: xmlOutcome("forbidden") },
      is("userNotPermitted", "permanent", "permission"),
    ],
    [
      "a code of the dialect in XML",
      { status: 403, body: xmlOutcome("forbidden", "4131") },
      is("recordRestricted", "permanent", "permission"),
    ],
    [
      "404 with an outcome in XML",
      { status: 404, body: xmlOutcome("not-found") },
      is("notFound", "permanent", "notFound"),
    ],
    ["403 with a page", { status: 403, ...html }, is("blocked", "permanent", "permission")],
    [
      "a code of the dialect",
      { status: 403, body: outcomeOf("fatal", "forbidden", "4131") },
      is("recordRestricted", "permanent", "permission"),
    ],
    [
      "a quota of the day",
      { status: 403, body: outcomeOf("fatal", "x", "4135") },
      is("dailyQuotaSpent", "transient", "quota"),
    ],
    [
      "400",
      { status: 400, body: outcomeOf("fatal", "invalid") },
      is("requestRefused", "permanent", "validation"),
    ],
    [
      "422",
      { status: 422, body: outcomeOf("fatal", "invalid") },
      is("requestRefused", "permanent", "validation"),
    ],
    [
      "404 with an outcome",
      { status: 404, body: outcomeOf("fatal", "not-found") },
      is("notFound", "permanent", "notFound"),
    ],
    ["404 with a page", { status: 404, ...html }, is("notServed", "permanent", "notFound")],
    ["410", { status: 410 }, is("deleted", "permanent", "notFound")],
    ["409", { status: 409 }, is("conflicting", "permanent", "conflict")],
    ["429", { status: 429 }, is("throttled", "transient", "quota")],
    ["408", { status: 408 }, is("readTimedOut", "transient", "timeOut")],
    [
      "500",
      { status: 500, body: outcomeOf("fatal", "exception") },
      is("serverFailed", "transient", "server"),
    ],
    ["502 with a page", { status: 502, ...html }, is("serverFailed", "transient", "server")],
    ["503", { status: 503, ...html }, is("unavailable", "transient", "server")],
    ["504", { status: 504 }, is("readTimedOut", "transient", "timeOut")],
    ["a connection that ends", "hang up", is("readCut", "transient", "connection")],
    ["half an answer", { body: patient, cutAfter: 5 }, is("readCut", "transient", "connection")],
    ["a page with status 200", html, is("notFhir", "permanent", "answer")],
    ["nothing with status 200", { body: "" }, is("notFhir", "permanent", "answer")],
    ["two quotes", { body: '""' }, is("notFhir", "permanent", "answer")],
    ["JSON that is no resource", { body: { a: 1 } }, is("notFhir", "permanent", "answer")],
    [
      "broken JSON",
      { body: `{"resourceType":"Patient","name":"${SECRET_WORDS}` },
      is("notFhir", "permanent", "answer"),
    ],
    ["plain text", { body: SECRET_WORDS }, is("notFhir", "permanent", "answer")],
    [
      "XML",
      { body: `<Patient xmlns="http://hl7.org/fhir"/>` },
      is("xmlAnswer", "permanent", "answer"),
    ],
    ["a redirect to nowhere", { status: 302 }, is("notFhir", "permanent", "answer")],
  ])("%s", async (_, reply, expected) => {
    const { client } = await opened(inTurn(reply), { dialect });
    const error = await failureOf(client.read("Patient", "p1"));
    if (!(error instanceof TrestleError)) throw error;
    expect({ code: error.code, failure: error.failure, kind: kindOf(error) }).toEqual(expected);
  });

  function is(name: string, failure: string, kind: string) {
    return { code: `fhir.${name}`, failure, kind };
  }
});

describe("a write that fails", () => {
  test.each<[string, Reply, string, string]>([
    ["500", { status: 500 }, "fhir.writeFailed", "ambiguous"],
    ["502", { status: 502, ...html }, "fhir.writeFailed", "ambiguous"],
    ["504", { status: 504 }, "fhir.writeTimedOut", "ambiguous"],
    ["a connection that ends", "hang up", "fhir.writeCut", "ambiguous"],
    ["a page with status 200", html, "fhir.writeUnclear", "ambiguous"],
    [
      "a redirect",
      { status: 302, headers: { location: "/login" } },
      "fhir.writeUnclear",
      "ambiguous",
    ],
    ["422", { status: 422, body: outcomeOf("fatal", "x") }, "fhir.requestRefused", "permanent"],
    ["412", { status: 412 }, "fhir.conflicting", "permanent"],
  ])("%s is sent once", async (...[, reply, code, failure]) => {
    const { client, server } = await opened(inTurn(reply));
    expect(await failureOf(client.create(condition))).toMatchObject({ code, failure });
    expect(server.heard).toHaveLength(1);
  });

  test.each([429, 503])("%i was surely not accepted, and is sent again", async (status) => {
    const { client, server } = await opened(
      inTurn({ status }, { status: 201, headers: { location: "Condition/c1" } }),
    );
    expect(await client.create(condition)).toMatchObject({ id: "c1", isNew: true });
    expect(server.heard).toHaveLength(2);
  });
});

test("no error and no log entry holds patient data", async () => {
  const replies: readonly Reply[] = [
    { status: 400, body: outcomeOf("fatal", "invalid", "59108") },
    { status: 403, body: outcomeOf("fatal", "forbidden") },
    { status: 500, body: SECRET_WORDS },
    { body: `{"resourceType":"Patient","name":"${SECRET_WORDS}` },
    { status: 404, body: `<html>${SECRET_WORDS}</html>` },
  ];
  for (const reply of replies) {
    const { client, log, server } = await opened(inTurn(reply));
    const errors = [
      await failureOf(client.read("Patient", "900001")),
      await failureOf(client.search("Patient", { name: SECRET_WORDS }).all()),
      await failureOf(client.create(condition)),
    ];
    const printed = errors.map((error) => everythingOf(error)).join("\n") + JSON.stringify(log);
    expect(printed).not.toMatch(/Beam|900001/u);
    expect(printed).not.toContain(server.origin);
  }
});

test("the issues of a refusal are there for who opens the guard", async () => {
  const { client } = await opened(
    inTurn({ status: 400, body: outcomeOf("fatal", "invalid", "59108") }),
  );
  const [issue] = issuesBehind(await failureOf(client.read("Patient", "p1")));
  expect(issue).toMatchObject({ severity: "fatal", type: "invalid", code: "59108" });
  expect(String(issue?.text)).toBe("[patient data]");
});

test("nothing listens there: surely not sent", async () => {
  const { client, server } = await opened(inTurn(ok));
  await server.close();
  const error = await failureOf(client.create(condition));
  expect(error).toMatchObject({ code: "fhir.notConnected", failure: "transient" });
});

test("an answer beyond its limit is refused", async () => {
  const { client } = await opened(inTurn({ body: { ...patient, x: "y".repeat(2000) } }), {
    settings: { maxAnswerBytes: 1024 },
  });
  expect(await failureOf(client.read("Patient", "p1"))).toMatchObject({
    code: "fhir.answerTooLarge",
  });
});

test("a server that says nothing is left after answerTimeoutSeconds", async () => {
  const { client } = await opened(inTurn("say nothing"), {
    settings: { answerTimeoutSeconds: 1, retry: { maxAttempts: 1 } },
  });
  expect(await failureOf(client.read("Patient", "p1"))).toMatchObject({
    code: "fhir.readTimedOut",
  });
});

test("XML is asked for once more as _format=json, and from then on at once", async () => {
  const { client, server } = await opened(({ query }) =>
    query.get("_format") === "json"
      ? { body: patient }
      : { headers: { "content-type": "application/xml" }, body: "<Patient/>" },
  );
  expect(await client.read("Patient", "p1")).toEqual(patient);
  expect(await client.read("Patient", "p1")).toEqual(patient);
  expect(server.heard.map(({ query }) => query.get("_format"))).toEqual([null, "json", "json"]);
});

test("a refused token is renewed once, and the request sent once more, writes too", async () => {
  const authorization = renewing();
  const { client, server } = await opened(
    ({ headers }) =>
      headers.authorization === "Bearer token-2" ? { status: 201 } : { status: 401, body: '""' },
    { authorization },
  );
  await client.create(condition);
  expect(server.heard.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer token-1",
    "Bearer token-2",
  ]);
});

test("of requests that were under way together, each tells the token that it was refused with", async () => {
  let token = 1;
  const refused: string[] = [];
  const authorization = {
    header: () => Promise.resolve(new Secret(`Bearer token-${token}`)),
    refused(header: Secret<string>) {
      refused.push(useSecret(header));
      token = 2;
    },
  };
  const renewed = Promise.withResolvers<void>();
  const { client } = await opened(
    async ({ path, headers }) => {
      if (headers.authorization === "Bearer token-2") {
        renewed.resolve();
        return ok;
      }
      if (path.endsWith("late")) await renewed.promise;
      return { status: 401 };
    },
    { authorization },
  );
  await Promise.all([client.read("Patient", "late"), client.read("Patient", "p1")]);
  expect(refused).toEqual(["Bearer token-1", "Bearer token-1"]);
});

test("a token that is refused again is an error", async () => {
  const { client, server } = await opened(inTurn({ status: 401 }), { authorization: renewing() });
  expect(await failureOf(client.read("Patient", "p1"))).toMatchObject({
    code: "fhir.tokenRefused",
  });
  expect(server.heard).toHaveLength(2);
});

test("an authorization that fails is passed on as it is, and nothing is sent", async () => {
  const lost = new Error("no token");
  const { client, server } = await opened(inTurn(ok), {
    authorization: { header: () => Promise.reject(lost) },
  });
  expect(await failureOf(client.read("Patient", "p1"))).toBe(lost);
  expect(server.heard).toHaveLength(0);
});

test("a token that no header can hold is said to be one, and nothing is sent", async () => {
  const { client, server } = await opened(inTurn(ok), {
    authorization: { header: () => Promise.resolve(new Secret("Bearer a\nb")) },
  });
  expect(await failureOf(client.create(condition))).toMatchObject({ code: "fhir.notSendable" });
  expect(server.heard).toHaveLength(0);
});

test("a call ends by its signal", async () => {
  const controller = new AbortController();
  const { client, log } = await opened(() => {
    controller.abort(new Error("enough"));
    return "say nothing";
  });
  const error = await failureOf(client.read("Patient", "p1", { signal: controller.signal }));
  expect(error).toMatchObject({ message: "enough" });
  expect(log).toMatchObject([{ interaction: "read", type: "Patient", attempt: 1 }]);
});

test("a call ends by its signal in the middle of an answer, and gives its place back", async () => {
  const { client } = await opened(inTurn({ body: patient, holdAfter: 5 }, ok), {
    settings: { maxConcurrent: 1 },
  });
  const controller = new AbortController();
  const reading = failureOf(client.read("Patient", "p1", { signal: controller.signal }));
  setTimeout(() => controller.abort(new Error("enough")), 50);
  expect(await reading).toMatchObject({ message: "enough" });
  expect(await client.read("Patient", "p1")).toEqual(patient);
  expect(
    await failureOf(client.read("Patient", "p1", { signal: controller.signal })),
  ).toMatchObject({ message: "enough" });
});

test.each(["", ".", ".."])("an id %j that would lead elsewhere is not sent", async (id) => {
  const { client, server } = await opened(inTurn(ok));
  expect(await failureOf(client.read("Patient", id))).toMatchObject({ code: "fhir.badAddress" });
  expect(server.heard).toHaveLength(0);
});

test("each segment of an id is encoded", async () => {
  const { client, server } = await opened(inTurn(ok));
  await client.read("Patient", "a/../b?c#d%.-_");
  expect(server.heard[0]?.url).toBe("/fhir/Patient/a%2F..%2Fb%3Fc%23d%25.-_");
});

test("a request is logged by kind, without ids", async () => {
  const { client, log } = await opened(inTurn({ status: 503 }, ok));
  await client.read("Patient", "p1");
  expect(log).toEqual([
    {
      interaction: "read",
      type: "Patient",
      method: "GET",
      attempt: 1,
      status: 503,
      bytes: 0,
      durationMs: 0,
      error: "fhir.unavailable",
      failure: "transient",
      kind: "server",
    },
    {
      interaction: "read",
      type: "Patient",
      method: "GET",
      attempt: 2,
      status: 200,
      bytes: 36,
      durationMs: 0,
    },
  ]);
});

function xmlOutcome(type: string, code?: string): string {
  const coding = `<coding><system value="urn:x"/><code value="${code}"/></coding>`;
  const details = code === undefined ? "" : `<details>${coding}</details>`;
  return `<?xml version="1.0"?><OperationOutcome xmlns="http://hl7.org/fhir"><issue><severity value="fatal"/><code value="${type}"/>${details}<diagnostics value="${SECRET_WORDS}"/></issue></OperationOutcome>`;
}

/** What a careless logger would print of an error. */
function everythingOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.stack} ${JSON.stringify(error)} ${inspect(error)} ${everythingOf(error.cause)}`;
}
