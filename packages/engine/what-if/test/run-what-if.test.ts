import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { phi } from "@trestle/base";
import { type Integration, loadIntegration } from "@trestle/integration";
import { type NewEntry, openSqliteJournal } from "@trestle/journal";
import { temporaryFolder } from "@trestle/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { journalIn, revisionInForce, runWhatIf } from "../src/index.ts";

const folder = temporaryFolder();
const journalFile = journalIn(folder.path);
const received = Date.parse("2026-03-01T12:00:00Z");

const site = `title: Harbor Health
timeZone: America/Chicago
environments:
  nonproduction:
    feeds: [{ listener: hospital, channels: [adt-in] }]
`;
const before = {
  "trestle.yaml": `listeners: { hospital: { port: 0 } }
processing: { timeoutSeconds: 1 }
`,
  "channels/adt-in.yaml": `title: Registrations
source: { type: mllp, listener: hospital }
accepts: [ADT]
routes: [{ to: app }]
`,
  "destinations/app.yaml": "type: webhook\nurl: http://127.0.0.1:9/\n",
  "sites/harbor/site.yaml": site,
  "sites/quay/site.yaml": site.replace("hospital,", "hospital, sendingFacilities: [QUAY],"),
};
/** Registrations of A31 come to no end, A28 fails; harbor's alone. */
const after = {
  ...before,
  "sites/harbor/overlay.yaml": "transforms: [endless]\n",
  "transforms/endless.ts": `export const transform = {
  before(message) {
    if (message.type === "ADT^A28") throw new RangeError("no");
    while (message.type === "ADT^A31") {}
  },
};
`,
};

let one: Integration;
let other: Integration;
beforeAll(async () => {
  one = await loaded("one", before);
  other = await loaded("other", after);
  const journal = openSqliteJournal(journalFile);
  const refused = { code: "integration.typeNotTaken", text: "", hint: "" };
  const numbered = { code: "channels.sequenceMismatch", text: "", hint: "" };
  const old = { receivedAt: received - 1 };
  await Promise.all([
    journal.append({ ...entry("old", "A28"), ...old }),
    journal.append(entry("good", "A04")),
    journal.append(entry("hangs", "A31")),
    journal.append(entry("fails", "A28")),
    journal.append({ ...entry("elsewhere", "A28"), site: "quay" }),
    journal.append({ ...entry("refused", "Z99"), disposition: "refused", reason: refused }),
    journal.append({
      ...entry("numbered", "A28"),
      disposition: "refused",
      reason: numbered,
      revision: "h-of-the-hub+h-approved",
    }),
  ]);
  await journal.close();
});
afterAll(() => folder.remove());

describe("stored traffic under another revision", () => {
  test("is compared message by message; one that never ends costs itself alone", async () => {
    const progress: number[] = [];
    const onProgress = (read: number) => progress.push(read);
    const { counts, groups, isHarmless } = await run({ one, other, onProgress });
    expect(groups.map(({ kind, path, examples }) => [kind, path, examples[0]?.controlId])).toEqual([
      ["failing", "channels.mappingStopped", "hangs"],
      ["failing", "mapping.transformFailed", "fails"],
    ]);
    expect(counts).toMatchObject({ read: 6, compared: 3, same: 2, setAside: 1, differing: 2 });
    expect(isHarmless).toBe(false);
    expect(progress).toEqual([0, 6]);
  });

  test("is not mapped where nothing that decides about it differs", async () => {
    const { counts, isHarmless } = await run({ one, other: one });
    expect(counts).toMatchObject({ read: 6, same: 6, compared: 0 });
    expect(isHarmless).toBe(true);
  });

  test.each([
    ["quay", { read: 1, same: 1 }],
    ["harbor", { read: 5, same: 5 }],
  ])("is counted of the site that is asked about alone: %s", async (site, expected) => {
    const progress: number[][] = [];
    const onProgress = (...told: [number, number]) => progress.push(told);
    expect((await run({ one, other: one, site, onProgress })).counts).toMatchObject(expected);
    expect(progress).toEqual([[0, expected.read]]);
  });

  test("is left when somebody stops it", async () => {
    const stopped = run({ one, other, signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ code: "whatIf.stopped" });
  });

  test("came under the revision of the newest message, though that is of approved production", () => {
    expect(revisionInForce(journalFile)).toBe("h-of-the-hub");
  });
});

function run(options: Partial<Parameters<typeof runWhatIf>[0]> & Revisions) {
  return runWhatIf({ journalFile, since: received, now: received, threads: 1, ...options });
}

type Revisions = Pick<Parameters<typeof runWhatIf>[0], "one" | "other">;

async function loaded(name: string, files: Readonly<Record<string, string>>) {
  const directory = join(folder.path, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  const read = await loadIntegration(directory);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.integration;
}

function entry(controlId: string, event: string): NewEntry {
  const type = `ADT^${event}`;
  const lines = [
    `MSH|^~\\&|EHR|HH|TRESTLE|TRESTLE|20260301120000||${type}|${controlId}|T|2.5.1`,
    "PID|1||900001^^^HH^MR||BEAM^ADA^TEST||19800115|F",
    "PV1|1|O",
    "",
  ];
  const raw = new Uint8Array(Buffer.from(lines.join("\r")));
  return {
    site: "harbor",
    channel: "adt-in",
    revision: "h-of-the-hub",
    receivedAt: received,
    remote: "127.0.0.1:50000",
    controlId,
    type,
    disposition: "accepted",
    answer: "AA",
    raw: phi(raw),
    receivedBytes: raw.byteLength,
  };
}
