import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hub, openHub } from "./hub-fixture.ts";

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

async function list(
  query = "",
): Promise<{ items: { local: string; count: number }[]; next?: string }> {
  const { json } = await hub.call("GET", `/api/v1/unmapped-codes?${query}`);
  return json as never;
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
  const { status, json } = await hub.call("GET", "/api/v1/unmapped-codes?cursor=%2B");
  expect({ status, at: json.issues[0].at }).toEqual({ status: 400, at: "cursor" });
});
