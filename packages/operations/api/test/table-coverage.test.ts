import { afterAll, beforeAll, expect, test } from "vitest";
import { routes } from "../src/contract/index.ts";
import { told } from "./hub-call.ts";
import { type Hub, openHub } from "./hub-fixture.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await openHub();
  const codes = ["NEW", "MAPPED"].map((local) => ({
    table: "observation-code",
    local,
    field: "OBX-3",
  }));
  hub.codes.apply({ site: "lakeshore", position: 1, receivedAt: 5000, codes });
});
afterAll(() => hub.close());

const path = "/api/v1/sites/lakeshore/tables";

test("before the first message nothing is counted, and all is unused", async () => {
  const { json } = await hub.call("GET", path);
  expect(json).toEqual({
    tables: [
      { table: "observation-code", rows: 3, used: 0, unused: 3, productUsed: 0, unmapped: 1 },
    ],
  });
});

test("a table says how many of its codes messages had, did not have, and lacked", async () => {
  const used = { site: "lakeshore", table: "observation-code" };
  await hub.usedRows.add([
    { ...used, local: "GLU", count: 3, usedAt: 7000 },
    { ...used, local: "gluc", count: 1, usedAt: 9000 },
    { ...used, table: "units", local: "mg/dL", count: 2, usedAt: 6000 },
  ]);
  await hub.usedRows.add([{ ...used, local: "GLU", count: 2, usedAt: 6500 }]);
  const { json } = await hub.call("GET", path);
  expect(json).toEqual({
    countedSince: "1970-01-01T00:00:06.000Z",
    tables: [
      {
        table: "observation-code",
        rows: 3,
        used: 1,
        unused: 2,
        productUsed: 1,
        unmapped: 1,
        lastUsedAt: "1970-01-01T00:00:09.000Z",
      },
      expect.objectContaining({ table: "units", rows: 0, productUsed: 1 }),
    ],
  });
});

test("rows are listed with their use, most used first, the unused alone where asked for", async () => {
  const rows = async (query: string) =>
    told(routes.listTableRows, await hub.call("GET", `${path}/observation-code/rows?${query}`));
  const { items } = await rows("");
  expect(items.map(({ local, count, from }) => [local, count, from])).toEqual([
    ["GLU", 5, "site"],
    ["gluc", 1, "product"],
    ["K", 0, "site"],
    ["NA", 0, "site"],
  ]);
  const first = await rows("use=unused&limit=1");
  expect(first.items.map(({ local }) => local)).toEqual(["K"]);
  const second = await rows(`use=unused&limit=1&cursor=${first.next}`);
  expect([second.items[0]?.local, second.next]).toEqual(["NA", undefined]);
});

test("a site that is not configured has no tables", async () => {
  const { status } = await hub.call("GET", "/api/v1/sites/nowhere/tables");
  expect(status).toBe(404);
});

test("of too many used rows those not used for longest are forgotten", async () => {
  const sums = Array.from({ length: 1200 }, (_, index) => ({
    site: "harbor",
    table: "units",
    local: `u${index}`,
    count: 1,
    usedAt: 100_000 + index,
  }));
  await hub.usedRows.add(sums);
  const kept = await hub.usedRows.used({ site: "harbor" });
  expect(kept.length).toBeLessThanOrEqual(1000);
  expect(kept.map(({ local }) => local)).toContain("u1199");
  expect(kept.map(({ local }) => local)).not.toContain("u0");
});
