import { join } from "node:path";
import { SqliteFile } from "@trestle/sqlite";
import { temporaryFolder } from "@trestle/testkit";
import { afterEach, expect, test } from "vitest";
import { SqliteOutbox, lastDeliverySchema, outboxSchema } from "../src/index.ts";

const folder = temporaryFolder();
afterEach(() => folder.remove());

test("a file from before tells when a delivery last got through, at each destination", async () => {
  const file = join(folder.path, "state.db");
  const before = new SqliteFile({ file, migrations: [outboxSchema] });
  await before.transact(() => before.writer.exec(written));
  await before.close();

  const state = new SqliteFile({ file, migrations: [outboxSchema, lastDeliverySchema] });
  const backlog = await new SqliteOutbox(state).backlog();
  await state.close();
  expect(backlog).toEqual([
    { destination: "app", queued: 0, held: 0, deliveredAt: 61_236 },
    { destination: "archive", queued: 0, held: 0, deliveredAt: 50_001 },
    { destination: "down", queued: 0, held: 1 },
  ]);
});

const written = `
INSERT INTO backlogs VALUES ('app', 0, 0), ('archive', 0, 0), ('down', 0, 1);
INSERT INTO deliveries (id, position, key, destination, lane, site, channel, revision, type,
  is_replay, created_at, state, attempts)
SELECT value ->> 0, 1, 'k', value ->> 1, 'l', 's', 'c', 'h-0', 'ADT^A08', 0, 0, value ->> 2, 1
FROM json_each('[[1,"app","delivered"],[2,"app","delivered"],[3,"archive","delivered"],[4,"down","held"]]');
INSERT INTO attempts VALUES
  (1, 1, 99000, 1, 'transient', '503'),
  (1, 2, 61234, 2.5, 'delivered', '200'),
  (2, 1, 50000, 2, 'delivered', '200'),
  (3, 1, 50000, 1.5, 'delivered', '200'),
  (4, 1, 70000, 1, 'permanent', '400');
`;
