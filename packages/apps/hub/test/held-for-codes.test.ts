import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { phi, systemClock, systemRandom } from "@trestle/base";
import { codeWithoutRow } from "@trestle/channels";
import { SqliteUnmappedCodes, unmappedCodesSchema } from "@trestle/code-tables/store";
import type { Integration } from "@trestle/integration";
import {
  SqliteOutbox,
  lastDeliverySchema,
  openSqliteJournal,
  outboxSchema,
} from "@trestle/journal";
import { SqliteRecord, recordSchema } from "@trestle/record";
import { SqliteFile } from "@trestle/sqlite";
import { eventually } from "@trestle/testkit";
import { afterEach, beforeEach, test } from "vitest";
import { createLog } from "../src/index.ts";
import { startProcessing } from "../src/processing.ts";
import {
  type SmallIntegration,
  settingsWith,
  smallIntegration,
} from "./support/small-integration.ts";

let folder: SmallIntegration;
let first: Integration;
beforeEach(async () => {
  folder = smallIntegration({
    "transforms/wait.ts": wait,
    "sites/harbor/overlay.yaml": "transforms: [wait]\n",
    "sites/harbor/site.yaml": `${site}codeTables: { gender: { unmapped: hold } }\n`,
  });
  first = await load();
});
afterEach(() => folder.remove());

test("what the revision before holds after a switch goes on by the row that the switch brought", async () => {
  const journalFile = join(folder.path, "journal.db");
  const journal = openSqliteJournal(journalFile);
  const state = new SqliteFile({
    file: join(folder.path, "state.db"),
    migrations: [outboxSchema, recordSchema, lastDeliverySchema, unmappedCodesSchema],
  });
  const outbox = new SqliteOutbox(state);
  await journal.append(entry("1", "F"));
  const processing = startProcessing({
    integration: first,
    journal,
    journalFile,
    outbox,
    record: new SqliteRecord(state, { maxHashes: 100 }),
    unmappedCodes: new SqliteUnmappedCodes(state, first.settings.processing),
    rowUses: { note: () => {} },
    clock: systemClock,
    random: systemRandom,
    log: createLog("silent"),
    onForwarded: () => {},
    onSettled: () => {},
  });

  // The second message is mapped by the first revision, and done once the next one is in force.
  await eventually("the first is being mapped", () => existsSync(marker("at", "1")));
  write("sites/harbor/tables/gender.csv", table);
  const next = await load();
  const prepared = processing.prepare(next);
  await journal.append(entry("2", "Q"));
  mark("go", "1");
  await prepared;
  processing.switchTo(next);
  await eventually("the second is being mapped", () => existsSync(marker("at", "2")));
  mark("go", "2");
  await eventually("it is forwarded", async () => (await outbox.cursor()) === 2);
  const held = () => outbox.heldFor(codeWithoutRow, { limit: 10 });
  await eventually("nothing is held", async () => (await held()).length === 0);

  await processing.stop();
  await journal.close();
  await state.close();
});

async function load(): Promise<Integration> {
  const loaded = await folder.load(settingsWith());
  if (!loaded.ok) throw new Error(loaded.problems.map(({ text }) => text).join("\n"));
  return loaded.integration;
}

function write(file: string, text: string): void {
  const path = join(folder.path, "integration", file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function marker(what: "at" | "go", controlId: string): string {
  return join(folder.path, `${what}-${controlId}`);
}

function mark(what: "at" | "go", controlId: string): void {
  writeFileSync(marker(what, controlId), "");
}

function entry(controlId: string, gender: string) {
  const text = `MSH|^~\\&|EHR|HH|T|T|20260115103000||ADT^A08|${controlId}|T|2.5\rEVN|A08|20260115103000\rPID|1||7^^^HH^MR||BEAM^ADA|||${gender}\rPV1|1|O\r`;
  return {
    site: "harbor",
    channel: "all-in",
    revision: first.revision,
    receivedAt: 0,
    remote: "127.0.0.1:1",
    controlId,
    type: "ADT^A08",
    disposition: "accepted",
    answer: "AA",
    raw: phi(Buffer.from(text)),
    receivedBytes: text.length,
  } as const;
}

/** Says which message is being mapped, and waits for leave to go on. */
const wait = `import { existsSync, writeFileSync } from "node:fs";

const marker = (what, { controlId }) => new URL(\`../../\${what}-\${controlId}\`, import.meta.url);

export const transform = {
  before(message) {
    writeFileSync(marker("at", message), "");
    while (!existsSync(marker("go", message)));
    return message;
  },
};
`;

const site = `title: Harbor Health
timeZone: America/Chicago
environments:
  nonproduction:
    feeds:
      - listener: hospital
        channels: [all-in]
`;

const table = `local,display,system,code,status,note
Q,,http://hl7.org/fhir/administrative-gender,other,mapped,
`;
