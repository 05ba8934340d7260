import { describe, expect, test } from "vitest";
import { type Dialect, decimal, plainDialect } from "../../src/client/index.ts";
import type { Condition, FhirResource, Observation } from "../../src/index.ts";
import { observation, outcomeOf, pageOf } from "../support/invented.ts";
import { failureOf, opened } from "../support/opened.ts";
import { type Reply, inTurn } from "../support/scripted-server.ts";

const condition: Condition = {
  resourceType: "Condition",
  subject: { reference: "Patient/p1" },
  code: { text: "invented" },
};
const filed: FhirResource = { ...condition, id: "c1" };
const find = { patient: "p1", code: "x" };
/** A server that cannot create conditionally. */
const unconditional: Dialect = { ...plainDialect, createsConditionally: false };

describe("create", () => {
  test.each([
    { headers: { location: "Condition/c.1" }, body: "", id: "c.1" },
    { headers: { location: "/Condition/c1/_history/2" }, body: "", id: "c1" },
    { headers: {}, body: filed, id: "c1" },
    { headers: {}, body: "", id: undefined },
  ])("finds the id $id", async ({ headers, body, id }) => {
    const { client, server } = await opened(inTurn({ status: 201, headers: { ...headers }, body }));
    const written = await client.create(condition);
    expect(written.id).toBe(id);
    expect(server.heard[0]).toMatchObject({
      method: "POST",
      path: "/Condition",
      headers: { prefer: "return=representation", "content-type": "application/fhir+json" },
    });
  });

  test("an absolute Location of this server gives the id", async () => {
    const { client } = await opened((heard) => ({
      status: 201,
      headers: { location: `http://${heard.headers.host}/fhir/Condition/c1` },
    }));
    expect((await client.create(condition)).id).toBe("c1");
  });

  test("decimals leave with their digits", async () => {
    const { client, server } = await opened(inTurn({ status: 201 }));
    await client.create({
      ...(observation("a") as Observation),
      valueQuantity: { value: decimal("9.50") },
    });
    expect(server.heard[0]?.body).toContain('"value":9.50}');
  });

  test("decimals come back from a server with their digits, and leave so again", async () => {
    const body = '{"resourceType":"Observation","id":"a","valueQuantity":{"value":1.10}}';
    const { client, server } = await opened(inTurn({ body }));
    await client.update(await client.read("Observation", "a"));
    expect(server.heard[1]?.body).toBe(body);
  });
});

test("an update names the version that was read", async () => {
  const { client, server } = await opened(inTurn({ status: 412 }));
  const error = await failureOf(client.update(filed, { ifVersion: "3" }));
  expect(error).toMatchObject({ code: "fhir.conflicting" });
  expect(server.heard[0]).toMatchObject({
    method: "PUT",
    path: "/Condition/c1",
    headers: { "if-match": 'W/"3"' },
  });
});

describe("createOnce", () => {
  test("asks the server to look where it can", async () => {
    const { client, server } = await opened(inTurn({ status: 200, body: filed }));
    expect(await client.createOnce(condition, { find })).toMatchObject({
      outcome: "existing",
      id: "c1",
    });
    expect(server.heard[0]?.headers["if-none-exist"]).toBe("patient=p1&code=x");
  });

  test("looks first where it cannot, and creates nothing that is there", async () => {
    const { client, server } = await opened(inTurn({ body: pageOf([filed]) }), {
      dialect: unconditional,
    });
    expect(await client.createOnce(condition, { find })).toMatchObject({
      outcome: "existing",
      id: "c1",
    });
    expect(server.heard.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("creates and reads back what is not there", async () => {
    const { client, server } = await opened(
      inTurn(
        { body: pageOf([]) },
        { status: 201, headers: { location: "Condition/c1" } },
        { body: filed },
      ),
      { dialect: unconditional },
    );
    expect(await client.createOnce(condition, { find })).toEqual({
      outcome: "created",
      id: "c1",
      resource: filed,
    });
    expect(server.heard.map(({ method }) => method)).toEqual(["GET", "POST", "GET"]);
  });

  test("that it may not be read back changes nothing", async () => {
    const { client } = await opened(
      inTurn(
        { body: pageOf([]) },
        { status: 201, headers: { location: "Condition/c1" } },
        { status: 403 },
      ),
      { dialect: unconditional },
    );
    expect(await client.createOnce(condition, { find })).toEqual({ outcome: "created", id: "c1" });
  });

  test.each<Reply>(["hang up", { status: 500 }, { status: 429 }, { body: "<html></html>" }])(
    "a failed look at what was filed does not make it a failed create: %o",
    async (reply) => {
      const { client } = await opened(
        inTurn({ body: pageOf([]) }, { status: 201, headers: { location: "Condition/c1" } }, reply),
        { dialect: unconditional },
      );
      expect(await client.createOnce(condition, { find })).toEqual({
        outcome: "created",
        id: "c1",
      });
    },
  );

  test("a look that fails after an end that is unknown leaves it unknown", async () => {
    const { client, server } = await opened(
      ({ method }, index) => {
        if (method === "POST") return { status: 504 };
        return index === 0 ? { body: pageOf([]) } : { status: 500 };
      },
      { dialect: unconditional, settings: { retry: { maxAttempts: 1 } } },
    );
    expect(await failureOf(client.createOnce(condition, { find }))).toMatchObject({
      code: "fhir.unsettled",
      failure: "ambiguous",
    });
    expect(server.heard.map(({ method }) => method)).toEqual(["GET", "POST", "GET", "GET", "GET"]);
  });

  test("that a second try was surely not accepted says nothing about the first", async () => {
    const { client } = await opened(
      ({ method }, index) => {
        if (method === "GET") return { body: pageOf([]) };
        return index === 0 ? "hang up" : { status: 429 };
      },
      { settings: { retry: { maxAttempts: 1 } } },
    );
    expect(await failureOf(client.createOnce(condition, { find }))).toMatchObject({
      code: "fhir.unsettled",
      failure: "ambiguous",
    });
  });

  test("one that stands behind a thousand others is found", async () => {
    const others = Array.from({ length: 1001 }, (_, index): FhirResource => ({
      ...condition,
      id: `o${index}`,
      code: { text: "other" },
    }));
    const { client, server } = await opened(
      ({ query, headers }) =>
        query.has("page")
          ? { body: pageOf([filed]) }
          : {
              body: pageOf(others, { next: `http://${headers.host}/fhir/Condition?page=2` }),
            },
      { dialect: unconditional },
    );
    const isSame = ({ code }: Condition) => code?.text === "invented";
    expect(await client.createOnce(condition, { find, isSame })).toMatchObject({ id: "c1" });
    expect(server.heard.map(({ method }) => method)).toEqual(["GET", "GET"]);
  });

  test("isSame decides among what was found", async () => {
    const other: FhirResource = { ...condition, id: "c2", code: { text: "other" } };
    const { client } = await opened(inTurn({ body: pageOf([other, filed]) }), {
      dialect: unconditional,
    });
    const isSame = ({ code }: Condition) => code?.text === "invented";
    expect(await client.createOnce(condition, { find, isSame })).toMatchObject({ id: "c1" });
    expect(await failureOf(client.createOnce(condition, { find }))).toMatchObject({
      code: "fhir.severalMatch",
    });
  });

  test("after an end that is unknown it looks, and finds what was filed", async () => {
    const { client, server } = await opened(
      inTurn({ body: pageOf([]) }, "hang up", { body: pageOf([]) }, { body: pageOf([filed]) }),
      { dialect: unconditional },
    );
    expect(await client.createOnce(condition, { find })).toMatchObject({
      outcome: "created",
      id: "c1",
    });
    expect(server.heard.map(({ method }) => method)).toEqual(["GET", "POST", "GET", "GET"]);
  });

  test("it is not sent again when looking finds nothing: it may still come", async () => {
    const { client, server } = await opened(
      ({ method }) => (method === "POST" ? { status: 504 } : { body: pageOf([]) }),
      { dialect: unconditional },
    );
    expect(await failureOf(client.createOnce(condition, { find, maxLooks: 2 }))).toMatchObject({
      code: "fhir.unsettled",
      failure: "ambiguous",
    });
    expect(server.heard.map(({ method }) => method)).toEqual(["GET", "POST", "GET", "GET"]);
  });

  test("it is sent again where the server keeps to the condition", async () => {
    const { client, server } = await opened((_, index) => {
      if (index === 0) return "hang up";
      return index < 4 ? { body: pageOf([]) } : { status: 201, body: filed };
    });
    expect(await client.createOnce(condition, { find })).toMatchObject({
      outcome: "created",
      id: "c1",
    });
    expect(server.heard.filter(({ method }) => method === "POST")).toHaveLength(2);
  });

  test("it does not look where what was created does not show", async () => {
    const { client, server } = await opened(
      ({ method }) => (method === "POST" ? { status: 502 } : { body: pageOf([]) }),
      { dialect: { ...unconditional, hidesCreated: ["Condition"] } },
    );
    expect(await failureOf(client.createOnce(condition, { find }))).toMatchObject({
      code: "fhir.unsettled",
    });
    expect(server.heard).toHaveLength(2);
  });

  test("a server that says that it is there already is believed", async () => {
    const dialect: Dialect = { ...unconditional, codes: { 59189: { error: "alreadyThere" } } };
    const { client } = await opened(
      ({ method }) =>
        method === "POST"
          ? { status: 400, body: outcomeOf("fatal", "duplicate", "59189") }
          : { body: pageOf([]) },
      { dialect },
    );
    expect(await client.createOnce(condition, { find })).toEqual({ outcome: "existing" });
  });

  test("two calls with the same search wait for each other", async () => {
    const stored: FhirResource[] = [];
    const { client, server } = await opened(
      ({ method }) => {
        if (method === "GET") return { body: pageOf(stored) };
        stored.push(filed);
        return { status: 201, body: filed };
      },
      { dialect: unconditional },
    );
    const calls = [client.createOnce(condition, { find }), client.createOnce(condition, { find })];
    expect((await Promise.all(calls)).map(({ outcome }) => outcome)).toEqual([
      "created",
      "existing",
    ]);
    expect(server.heard.filter(({ method }) => method === "POST")).toHaveLength(1);
  });
});

describe("operations", () => {
  test("send parameters, and tell remarks from results", async () => {
    const body = pageOf([{ resourceType: "Patient", id: "p" }, outcomeOf("warning", "processing")]);
    const { client, server } = await opened(inTurn({ status: 503 }, { body }));
    const { resource, notices } = await client.operation({
      type: "Patient",
      name: "match",
      parameters: { resourceType: "Parameters", parameter: [] },
      isSafe: true,
    });
    expect(resource).toMatchObject({ entry: [{ resource: { id: "p" } }] });
    expect(notices).toHaveLength(1);
    expect(server.heard.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /Patient/$match",
      "POST /Patient/$match",
    ]);
  });

  test("without parameters are a GET with a query", async () => {
    const { client, server } = await opened(inTurn({ body: filed }));
    await client.operation({ type: "Patient", id: "p.1", name: "summary", query: { graph: true } });
    expect(server.heard[0]?.url).toBe("/fhir/Patient/p.1/$summary?graph=true");
  });

  test("a redirect is no answer of one, whatever comes with it", async () => {
    const { client } = await opened(
      inTurn({ status: 302, headers: { location: "/x" }, body: outcomeOf("information", "x") }),
    );
    const parameters = { resourceType: "Parameters" } as const;
    expect(await failureOf(client.operation({ name: "run", parameters }))).toMatchObject({
      code: "fhir.writeUnclear",
    });
  });

  test("that may change something are not sent again, and may answer with nothing", async () => {
    const parameters = { resourceType: "Parameters" } as const;
    const failing = await opened(inTurn({ status: 500 }));
    expect(await failureOf(failing.client.operation({ name: "run", parameters }))).toMatchObject({
      failure: "ambiguous",
    });
    expect(failing.server.heard).toHaveLength(1);
    const empty = await opened(inTurn({ status: 200 }));
    expect(await empty.client.operation({ name: "run", parameters })).toEqual({ notices: [] });
  });
});
