import { describe, expect, test } from "vitest";
import { type Dialect, anyOf, plainDialect, token } from "../../src/client/index.ts";
import type { FhirResource } from "../../src/index.ts";
import { observation, outcomeOf, pageOf } from "../support/invented.ts";
import { failureOf, opened } from "../support/opened.ts";
import { type Heard, baseOf, inTurn } from "../support/scripted-server.ts";

describe("paging", () => {
  test("goes on while there is a next link, at the same address and over empty pages", async () => {
    let page = 0;
    const { client, server } = await opened((heard) => {
      page += 1;
      const next = `${baseOf(heard)}/Observation?sessionID=17-AB`;
      if (page === 2) return { body: pageOf([], { next }) };
      if (page === 4) return { body: pageOf([observation("d")]) };
      return { body: pageOf([observation(`p${page}`)], { next, total: 1 }) };
    });
    const { matches, isWhole } = await client.search("Observation", { patient: "e1" }).all();
    expect(matches.map(({ id }) => id)).toEqual(["p1", "p3", "d"]);
    expect(isWhole).toBe(true);
    expect(server.heard).toHaveLength(4);
  });

  test("sends nothing before it is read, and no page more than is read", async () => {
    const { client, server } = await opened((heard) => ({
      body: pageOf([observation("a")], { next: `${baseOf(heard)}/Observation?page=2` }),
    }));
    const search = client.search("Observation", { code: "x" });
    expect(server.heard).toHaveLength(0);
    for await (const found of search) {
      expect(found.kind).toBe("match");
      break;
    }
    expect(server.heard).toHaveLength(1);
  });

  test("ends with an error at maxPages, and gives the pages before", async () => {
    const { client } = await opened(
      (heard) => ({
        body: pageOf([observation("a")], { next: `${baseOf(heard)}/Observation?n=1` }),
      }),
      { settings: { maxPages: 3 } },
    );
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const page of client.search("Observation", { code: "x" }).pages()) seen.push(page);
    })();
    expect(await failureOf(reading)).toMatchObject({ code: "fhir.tooManyPages" });
    expect(seen).toHaveLength(3);
  });

  test("does not carry the token to another host", async () => {
    const { client } = await opened(
      inTurn({ body: pageOf([], { next: "https://elsewhere.example/Observation?page=2" }) }),
    );
    const error = await failureOf(client.search("Observation", { code: "x" }).all());
    expect(error).toMatchObject({ code: "fhir.foreignAddress" });
    expect(String(error)).not.toContain("elsewhere");
  });

  test("goes to another host that the settings allow", async () => {
    const other = await opened(inTurn({ body: pageOf([observation("b")]) }));
    const { client } = await opened(
      inTurn({ body: pageOf([], { next: `${other.server.baseUrl}/Observation?page=2` }) }),
      { settings: { allowedOrigins: [other.server.origin] } },
    );
    const { matches } = await client.search("Observation", { code: "x" }).all();
    expect(matches).toHaveLength(1);
  });

  test("a search that the server forgot says to begin again, and is not repeated by itself", async () => {
    const dialect: Dialect = { ...plainDialect, codes: { 4113: { error: "searchExpired" } } };
    const { client, server } = await opened(
      (heard, index) =>
        index === 0
          ? { body: pageOf([], { next: `${baseOf(heard)}/Observation?s=1` }) }
          : { status: 400, body: outcomeOf("fatal", "processing", "4113") },
      { dialect },
    );
    const error = await failureOf(client.search("Observation", { code: "x" }).all());
    expect(error).toMatchObject({ code: "fhir.searchExpired", failure: "transient" });
    expect(server.heard).toHaveLength(2);
  });
});

describe("entries", () => {
  test("matches, resources that came along and notices are told apart", async () => {
    const patient: FhirResource = { resourceType: "Patient", id: "p" };
    const { client } = await opened(
      inTurn({
        body: {
          resourceType: "Bundle",
          type: "searchset",
          entry: [
            { resource: observation("a"), search: { mode: "match" } },
            { resource: patient, search: { mode: "include" } },
            { resource: observation("panel"), search: { mode: "include" } },
            { resource: outcomeOf("warning", "suppressed"), search: { mode: "outcome" } },
            { resource: observation("plain") },
            { resource: patient },
            { fullUrl: "urn:uuid:0" },
          ],
        },
      }),
    );
    const search = client.search("Observation", { patient: "p", _include: "Observation:patient" });
    const kinds: string[] = [];
    for await (const found of search) {
      kinds.push(found.kind === "notice" ? found.notice.kind : found.kind);
    }
    expect(kinds.toSorted()).toEqual(
      ["userLacksAccess", "match", "match", "included", "included", "included"].toSorted(),
    );
  });

  test("an empty answer that hides a refusal is not whole", async () => {
    const dialect: Dialect = {
      ...plainDialect,
      codes: { 1: { notice: "applicationLacksAccess" }, 2: { notice: "noMatches" } },
    };
    const { client } = await opened(
      inTurn({
        body: pageOf([outcomeOf("warning", "suppressed", "1"), outcomeOf("warning", "x", "2")], {
          total: 0,
        }),
      }),
      { dialect },
    );
    const { matches, notices, isWhole } = await client.search("Procedure", { patient: "p" }).all();
    expect({ matches, isWhole }).toEqual({ matches: [], isWhole: false });
    expect(notices.map(({ kind }) => kind)).toEqual(["applicationLacksAccess", "noMatches"]);
    expect(JSON.stringify(notices)).not.toContain("Beam");
  });

  test("an outcome in place of a Bundle is a page of notices", async () => {
    const { client } = await opened(inTurn({ body: outcomeOf("warning", "incomplete") }));
    const { notices, isWhole } = await client.search("Patient", { family: "x" }).all();
    expect({ kinds: notices.map(({ kind }) => kind), isWhole }).toEqual({
      kinds: ["moreMatches"],
      isWhole: false,
    });
  });

  test.each([
    { totalCounts: "search" as const, total: 7 },
    { totalCounts: "page" as const, total: undefined },
  ])("a total that counts the $totalCounts is given as $total", async ({ totalCounts, total }) => {
    const { client } = await opened(inTurn({ body: pageOf([observation("a")], { total: 7 }) }), {
      dialect: { ...plainDialect, totalCounts },
    });
    for await (const page of client.search("Observation", { code: "x" }).pages()) {
      expect(page.total).toBe(total);
    }
  });

  test("all() stops at maxMatches and says that it is not whole", async () => {
    const { client, server } = await opened((heard) => ({
      body: pageOf([observation("a"), observation("b")], {
        next: `${baseOf(heard)}/Observation?n=1`,
      }),
    }));
    const { matches, isWhole } = await client
      .search("Observation", { code: "x" })
      .all({ maxMatches: 3 });
    expect({ count: matches.length, isWhole }).toEqual({ count: 3, isWhole: false });
    expect(server.heard).toHaveLength(2);
  });
});

describe("parts", () => {
  const dialect: Dialect = {
    ...plainDialect,
    fanOut: {
      Observation: { parameter: "category", values: ["a", "b", "c"], unlessGiven: ["code", "_id"] },
    },
  };

  test("a refused part is a notice, and the others are read to their end", async () => {
    const { client } = await opened(
      (heard) => {
        const category = heard.query.get("category");
        if (category === "b") return { status: 403, body: outcomeOf("fatal", "forbidden", "9") };
        if (heard.query.has("page")) return { body: pageOf([observation("a2")]) };
        const next = `${baseOf(heard)}/Observation?page=2`;
        return category === "a"
          ? { body: pageOf([observation("a1")], { next }) }
          : { body: pageOf([observation("a1"), observation("c1")]) };
      },
      { dialect },
    );
    const { matches, notices, isWhole } = await client
      .search("Observation", { patient: "p" })
      .all();
    expect(new Set(matches.map(({ id }) => id))).toEqual(new Set(["a1", "a2", "c1"]));
    expect(matches).toHaveLength(3);
    expect(notices).toMatchObject([
      { kind: "userLacksAccess", part: { parameter: "category", value: "b" } },
    ]);
    expect(isWhole).toBe(false);
  });

  test("an empty 403 says that the application lacks the part", async () => {
    const { client } = await opened(
      ({ query }) => (query.get("category") === "b" ? { status: 403 } : { body: pageOf([]) }),
      { dialect },
    );
    const { notices } = await client.search("Observation", { patient: "p" }).all();
    expect(notices.map(({ kind }) => kind)).toEqual(["applicationLacksAccess"]);
  });

  test("that every part is refused is an error", async () => {
    const { client } = await opened(inTurn({ status: 403 }), { dialect });
    expect(await failureOf(client.search("Observation", { patient: "p" }).all())).toMatchObject({
      code: "fhir.apiNotGranted",
    });
  });

  test("a failure that is no refusal ends the search", async () => {
    const { client } = await opened(
      ({ query }) => (query.get("category") === "b" ? { status: 400 } : { body: pageOf([]) }),
      { dialect },
    );
    expect(await failureOf(client.search("Observation", { patient: "p" }).all())).toMatchObject({
      code: "fhir.requestRefused",
    });
  });

  test.each([{ code: "718-7" }, { "code:text": "x" }, { category: "a" }, { _id: "1" }])(
    "one search is enough with %j",
    async (parameters) => {
      const { client, server } = await opened(inTurn({ body: pageOf([]) }), { dialect });
      await client.search("Observation", parameters).all();
      expect(server.heard).toHaveLength(1);
    },
  );

  test("no more parts than asked for are searched at a time", async () => {
    let running = 0;
    let most = 0;
    const { client } = await opened(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
        return { body: pageOf([]) };
      },
      { dialect },
    );
    await client.search("Observation", { patient: "p" }, { concurrency: 2 }).all();
    expect(most).toBe(2);
  });
});

describe("addresses", () => {
  test.each([
    { parameters: { name: "Ö & =x" }, query: "name=%C3%96%20%26%20%3Dx" },
    {
      parameters: { date: ["ge2026-01-01", "lt2026-02-01"] },
      query: "date=ge2026-01-01&date=lt2026-02-01",
    },
    { parameters: { code: anyOf("a,b", "c") }, query: "code=a%5C%2Cb%2Cc" },
    {
      parameters: { code: anyOf(token("urn:x", "1|2,3"), "c") },
      query: "code=urn%3Ax%7C1%5C%7C2%5C%2C3%2Cc",
    },
    { parameters: { _count: 5, active: true, none: undefined }, query: "_count=5&active=true" },
  ])("$query", async ({ parameters, query }) => {
    const { client, server } = await opened(inTurn({ body: pageOf([]) }));
    await client.search("Patient", parameters).all();
    expect(server.heard[0]?.url).toBe(`/fhir/Patient?${query}`);
  });

  test("a long search goes by POST where the server takes that", async () => {
    const { client, server } = await opened(inTurn({ body: pageOf([observation("a")]) }), {
      settings: { maxUrlBytes: 256 },
    });
    const code = "x".repeat(300);
    expect((await client.search("Observation", { code }).all()).matches).toHaveLength(1);
    expect(server.heard[0]).toMatchObject({
      method: "POST",
      path: "/Observation/_search",
      body: `code=${code}`,
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  });

  test("a long search is refused before it is sent where the server does not", async () => {
    const { client, server } = await opened(inTurn({ body: pageOf([]) }), {
      settings: { maxUrlBytes: 256 },
      dialect: { ...plainDialect, searchesByPost: false },
    });
    const error = await failureOf(client.search("Observation", { code: "y".repeat(300) }).all());
    expect(error).toMatchObject({ code: "fhir.searchTooLong" });
    expect(String(error)).not.toContain("yyy");
    expect(server.heard).toHaveLength(0);
  });

  test("the parameters of the dialect and the page size are added", async () => {
    const { client, server } = await opened(inTurn({ body: pageOf([]) }), {
      settings: { pageSize: 50 },
      dialect: { ...plainDialect, parameters: { tenant: "a b" }, headers: { "x-client": "1" } },
    });
    await client.search("Patient", { name: "x" }).all();
    expect(server.heard[0]).toMatchObject({
      url: "/fhir/Patient?_count=50&name=x&tenant=a%20b",
      headers: { "x-client": "1" },
    });
  });

  test("count asks for the number alone", async () => {
    const { client, server } = await opened((heard: Heard) => ({
      body: {
        resourceType: "Bundle",
        type: "searchset",
        total: heard.query.has("code") ? 1234 : 0,
      },
    }));
    expect(await client.count("Observation", { code: "x" })).toBe(1234);
    expect(server.heard[0]?.query.get("_summary")).toBe("count");
  });
});
