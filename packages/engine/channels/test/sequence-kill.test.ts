import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beginning, openSqliteJournal } from "@trestle/journal";
import { temporaryFolder } from "@trestle/testkit";
import { expect, test } from "vitest";
import { LinkOrder } from "../src/index.ts";
import { doorTo, message, said } from "./at-the-door.ts";

test("a numbered message whose answer a kill kept back is stored once, though its repeat has another MSH-7", async () => {
  const folder = temporaryFolder();
  const file = join(folder.path, "journal.db");
  const killed = spawnSync(process.execPath, [killedDoor, file], { encoding: "utf8" });
  expect([killed.signal, killed.stderr]).toEqual(["SIGKILL", ""]);
  const journal = openSqliteJournal(file);
  const links = new LinkOrder({ listener: "hospital", maxLinks: 1 });
  const door = { ...doorTo(journal), links };
  expect(await said(message({ sequence: "1", at: "2027" }), door)).toEqual(["AA"]);
  expect(await journal.read(beginning, { count: 9, bytes: 1e6 })).toHaveLength(1);
  await journal.close();
  folder.remove();
});

const killedDoor = fileURLToPath(new URL("support/killed-door.ts", import.meta.url));
