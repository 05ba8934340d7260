import { SqliteFile } from "@trestle/sqlite";
import { temporaryFolder } from "@trestle/testkit";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SqliteUnmappedCodes, type UnmappedCodeSeen, unmappedCodesSchema } from "../src/store.ts";

function open(
  folder: string,
  maxUnmappedCodes: number,
): { file: SqliteFile; codes: SqliteUnmappedCodes } {
  const file = new SqliteFile({
    file: join(folder, "state.db"),
    migrations: [unmappedCodesSchema],
  });
  return { file, codes: new SqliteUnmappedCodes(file, { maxUnmappedCodes }) };
}

function heard(position: number, ...locals: readonly string[]) {
  const codes = locals.map((local) => ({ table: "units", local, field: "OBX-6" }));
  return { site: "lakeshore", position, receivedAt: position, codes };
}

test("a code counts once for each message, with the last ten of them, over a restart", async () => {
  const folder = temporaryFolder();
  const first = open(folder.path, 100);
  for (let position = 1; position <= 7; position += 1) {
    first.codes.apply(heard(position, "mgdl", "mgdl"));
  }
  await first.file.close();
  const second = open(folder.path, 100);
  for (let position = 8; position <= 12; position += 1) second.codes.apply(heard(position, "mgdl"));
  expect(await second.codes.list({ order: "count", limit: 10 })).toMatchObject([
    {
      local: "mgdl",
      count: 12,
      firstSeenAt: 1,
      lastSeenAt: 12,
      positions: [12, 11, 10, 9, 8, 7, 6, 5, 4, 3],
    },
  ]);
  await second.file.close();
  folder.remove();
});

test("a sender that makes up codes fills no disk: those not seen for longest are forgotten", async () => {
  const folder = temporaryFolder();
  const { file, codes } = open(folder.path, 20);
  for (let position = 1; position <= 200; position += 1) {
    codes.apply(heard(position, `made-up-${position}`, "again"));
  }
  const kept = await codes.list({ order: "count", limit: 1000 });
  expect(kept.length).toBeLessThanOrEqual(20);
  expect(kept[0]).toMatchObject({ local: "again", count: 200 });
  expect(kept.map(({ local }) => local)).toContain("made-up-200");
  await file.close();
  folder.remove();
});

test.each(["count", "lastSeen"] as const)(
  "pages by %s follow each other without gap or repeat, narrowed or not",
  async (order) => {
    const folder = temporaryFolder();
    const { file, codes } = open(folder.path, 1000);
    for (let position = 1; position <= 60; position += 1) {
      const locals = [`c${position % 7}`, `c${position % 3}x`, `d${position % 20}`];
      const site = position % 2 === 0 ? "harbor" : "lakeshore";
      codes.apply({ ...heard(position, ...locals), site, receivedAt: Math.floor(position / 4) });
    }
    for (const narrowed of [{}, { site: "harbor" }, { local: "c1x" }, { table: "none" }]) {
      const whole = await codes.list({ ...narrowed, order, limit: 1000 });
      const paged: UnmappedCodeSeen[] = [];
      for (;;) {
        const after = paged.at(-1);
        const page = await codes.list({ ...narrowed, order, after, limit: 3 });
        if (page.length === 0) break;
        paged.push(...page);
      }
      expect(paged).toEqual(whole);
      const value = order === "count" ? "count" : "lastSeenAt";
      const values = whole.map((code) => code[value]);
      expect(values).toEqual(values.toSorted((one, other) => other - one));
    }
    expect(await codes.tables()).toEqual([
      { site: "harbor", table: "units" },
      { site: "lakeshore", table: "units" },
    ]);
    await file.close();
    folder.remove();
  },
);
