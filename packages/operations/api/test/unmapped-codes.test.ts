import { Secret } from "@trestle/base";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hub, openHub } from "./hub-fixture.ts";
import { told } from "./hub-call.ts";
import { routes } from "../src/contract/index.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await openHub();
  hear(1, ["IPF", "T4I"]);
  hear(2, ["IPF", "MAPPED"]);
  hear(3, ["IPF"], "harbor");
  hear(4, ["IPF"]);
});
afterAll(() => hub.close());

function hear(position: number, locals: readonly string[], site = "lakeshore"): void {
  const codes = locals.map((local) => ({ table: "observation-code", local, field: "OBX-3" }));
  hub.codes.apply({ site, position, receivedAt: position * 1000, codes });
}

async function list(query = "") {
  const reply = await hub.call("GET", `/api/v1/unmapped-codes?${query}`);
  return told(routes.listUnmappedCodes, reply);
}

test("codes without a row are listed by how many messages had them, with the last of these", async () => {
  const { items } = await list("site=lakeshore");
  expect(items).toEqual([
    {
      site: "lakeshore",
      table: "observation-code",
      local: "IPF",
      field: "OBX-3",
      count: 3,
      firstSeenAt: "1970-01-01T00:00:01.000Z",
      lastSeenAt: "1970-01-01T00:00:04.000Z",
      messageIds: ["4", "2", "1"],
      hasRow: false,
    },
    expect.objectContaining({ local: "T4I", count: 1 }),
  ]);
});

test("one that has a row by now is listed only when asked for", async () => {
  const codes = async (query: string) => (await list(query)).items.map(({ local }) => local);
  expect(await codes("")).not.toContain("MAPPED");
  expect(await codes("all=true")).toContain("MAPPED");
  expect(await codes("table=units")).toEqual([]);
});

test("pages follow each other to the last, whatever is passed over between", async () => {
  const found: string[] = [];
  let next: string | undefined = "";
  while (next !== undefined) {
    const page = await list(`limit=1${next === "" ? "" : `&cursor=${next}`}`);
    found.push(...page.items.map(({ local }) => local));
    next = page.next;
  }
  expect(found.toSorted()).toEqual(["IPF", "IPF", "T4I"]);
});

test("a cursor that is none is refused", async () => {
  const reply = await hub.call("GET", "/api/v1/unmapped-codes?cursor=%2B");
  expect(reply).toMatchObject({ status: 400, json: { issues: [{ at: "cursor" }] } });
});

test("the tables that lack rows come with the first page", async () => {
  const first = await list("limit=1");
  expect(first.tables).toEqual([
    { site: "harbor", table: "observation-code" },
    { site: "lakeshore", table: "observation-code" },
  ]);
  const second = await list(`cursor=${first.next}`);
  expect(second.tables).toBeUndefined();
});

test("one code is found by its name, and codes are listed by when they were seen", async () => {
  const { items } = await list("site=lakeshore&table=observation-code&local=T4I");
  expect(items).toMatchObject([{ local: "T4I" }]);
  const seen = (await list("order=lastSeen")).items.map(({ local }) => local);
  expect(seen).toEqual(["IPF", "IPF", "T4I"]);
});

test("suggestions are asked for with the code and its name", async () => {
  const query = "site=lakeshore&table=observation-code&local=IPF&display=Platelets";
  const { json } = await hub.call("GET", `/api/v1/unmapped-codes/suggestions?${query}`);
  expect(json).toMatchObject({ items: [{ code: "IPF", display: "Platelets" }] });
});

const decision = {
  site: "lakeshore",
  table: "observation-code",
  local: "IPF",
  system: "http://loinc.org",
  code: "71693-6",
  status: "mapped",
  note: "asked the laboratory",
};

function decide(decisions: readonly object[], as = "patch") {
  return hub.call("POST", "/api/v1/code-decisions", { body: { decisions, as } });
}

test("a decision is in the access record, with who, what and why, before anything is made", async () => {
  expect((await decide([decision])).json).toMatchObject({ problems: [], patch: "--- a" });
  expect(hub.decided.at(-1)).toMatchObject({ as: "patch", person: { role: "operator" } });
  expect((await hub.access.accessRecords(1))[0]).toMatchObject({
    action: "decideCodes patch",
    subjects: ["code lakeshore/observation-code/IPF"],
    reason: "asked the laboratory",
  });
});

test.each([
  ["of a code that no message had", { local: "NEVER" }],
  ["of another site's code", { site: "harbor", local: "T4I" }],
  ["that leads out of the folder", { site: "..", table: "../../x" }],
])("a decision %s is refused at its place, and nothing is made", async (_, wrong) => {
  const before = hub.decided.length;
  const { json } = await decide([decision, { ...decision, ...wrong }]);
  expect(json).toMatchObject({ problems: [{ decision: 1, code: "api.codeNotListed" }] });
  expect(json).not.toHaveProperty("patch");
  expect(hub.decided.length).toBe(before);
});

test("a line break in a cell and more than 500 decisions are refused", async () => {
  expect((await decide([{ ...decision, note: "a\nb" }])).status).toBe(400);
  const many = Array.from({ length: 501 }, () => decision);
  expect((await decide(many)).status).toBe(400);
});

test("the application may not decide", async () => {
  const token = "application-token-of-32-characters";
  await hub.access.acceptApplicationToken(new Secret(token), "Application");
  const headers = { authorization: `Bearer ${token}` };
  const body = { decisions: [decision] };
  const path = "/api/v1/code-decisions";
  const { status } = await hub.call("POST", path, { body, headers, isSignedIn: false });
  expect(status).toBe(403);
});
