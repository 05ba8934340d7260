import { SqliteFile } from "@trestle/sqlite";
import { temporaryFolder } from "@trestle/testkit";
import { expect, test } from "vitest";
import { isSameQuery, neededScopes, usedScopes } from "../src/scope-use.ts";
import { SqliteUsedScopes, usedScopesSchema } from "../src/store.ts";

const needed = neededScopes({
  scopes: [
    "system/Patient.rs",
    "system/*.r",
    "system/Observation.s?category=laboratory",
    "system/Observation.s?category=vital-signs",
  ],
});
const any = () => true;

test("a request stands for the scopes of its type, and for one of all types where there is none", () => {
  expect(usedScopes(needed, { type: "Patient", permission: "s" }, any)).toEqual([
    "system/Patient.s",
  ]);
  expect(usedScopes(needed, { type: "Task", permission: "r" }, any)).toEqual(["system/*.r"]);
  expect(usedScopes(needed, { type: "Task", permission: "s" }, any)).toEqual([]);
});

test("a search by the query of a scope stands for that scope alone", () => {
  const query = [{ name: "category", values: ["laboratory"] }];
  const asked = { type: "Observation", permission: "s" } as const;
  expect(usedScopes(needed, asked, (each) => isSameQuery(each, query))).toEqual([
    "system/Observation.s?category=laboratory",
  ]);
});

const of = { site: "lakeshore", environment: "production" };

test("use is kept by day, site and environment, for as many days as are wanted", async () => {
  const folder = temporaryFolder();
  const state = new SqliteFile({ file: `${folder.path}/state.db`, migrations: [usedScopesSchema] });
  const store = new SqliteUsedScopes(state, { keepDays: 10 });
  expect(await store.since(of)).toBeUndefined();
  const scope = "system/Patient.rs";
  const on = (day: string, count: number, refused = 0) => ({ ...of, day, scope, count, refused });
  await store.add([on("2026-02-20", 1), on("2026-02-25", 2), on("2026-02-25", 1, 1)]);
  await store.add([{ ...on("2026-02-25", 9), environment: "nonproduction" }]);
  expect(await store.since(of)).toBe("2026-02-20");
  expect(await store.used(of, "2026-02-21")).toEqual([
    { scope, count: 3, refused: 1, lastDay: "2026-02-25" },
  ]);
  await store.add([on("2026-03-05", 1)]);
  expect(await store.used(of, "2026-01-01")).toMatchObject([{ count: 4, lastDay: "2026-03-05" }]);
  expect(await store.since(of)).toBe("2026-02-20");
  await store.observe(of, { scopes: [scope], at: 1 });
  await store.observe(of, { scopes: [scope, "system/Task.r"], at: 2 });
  expect(await store.observed(of)).toEqual({ scopes: [scope, "system/Task.r"], at: 2 });
  await state.close();
  folder.remove();
});
