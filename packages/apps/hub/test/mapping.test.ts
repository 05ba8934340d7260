import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { phi } from "@trestle/base";
import { planOf } from "@trestle/integration";
import { type Journal, type Position, beginning, openSqliteJournal } from "@trestle/journal";
import { FakeClock, eventually } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Mapping } from "../src/mapping.ts";
import {
  type SmallIntegration,
  settingsWith,
  smallIntegration,
} from "./support/small-integration.ts";

const timeoutMs = 30_000;
const hangs = 1 as Position;
const good = 2 as Position;
const hangsToo = 3 as Position;

let folder: SmallIntegration;
let journal: Journal;
let mapping: Mapping;
let clock: FakeClock;
let timers: number;

beforeEach(async () => {
  folder = smallIntegration({
    "transforms/wait.ts": `import { existsSync } from "node:fs";

export const transform = {
  after(bundle, { message }) {
    const isStuck = () => !existsSync(new URL("go", import.meta.url));
    if (message.controlId.startsWith("hangs") && isStuck()) for (;;) {}
    return bundle;
  },
};
`,
    "sites/harbor/overlay.yaml": "transforms: [wait]\n",
  });
  const loaded = await folder.load(settingsWith());
  if (!loaded.ok) throw new Error(loaded.problems.map(({ text }) => text).join("\n"));
  const journalFile = join(folder.path, "journal.db");
  journal = openSqliteJournal(journalFile);
  for (const id of ["hangs", "good", "hangs too"]) await journal.append(entry(id));
  timers = 0;
  clock = new FakeClock();
  mapping = new Mapping({
    journal,
    journalFile,
    plan: planOf(loaded.integration),
    clock: {
      now: () => clock.now(),
      after(delayMs, action) {
        timers += 1;
        return clock.after(delayMs, action);
      },
    },
    timeoutMs,
    memoryMb: 256,
    maxStopped: 1,
    onRowUses: () => {},
    onEnded: () => {},
  });
});

afterEach(async () => {
  await mapping.stop();
  await journal.close();
  folder.remove();
});

describe("an explanation", () => {
  test("waits behind one that is being made; a further one is refused and may come again", async () => {
    const first = mapping.explain(hangs);
    const second = mapping.explain(good);
    await expect(mapping.explain(good)).rejects.toMatchObject({
      code: "hub.explainBusy",
      failure: "transient",
    });
    await passTimeout();
    expect(await first).toMatchObject({ problem: { code: "channels.mappingStopped" } });
    expect(await second).toMatchObject({ ok: true });
    expect(await mapping.explain(good)).toMatchObject({ ok: true });
  });

  test("lets processing go before it", async () => {
    const ended: string[] = [];
    const note = (what: string) => () => ended.push(what);
    const all = [
      mapping.explain(hangs).then(note("the first")),
      mapping.explain(good).then(note("the one that waits")),
      mapping.process(hangs, { count: 1, bytes: 1e6 }).then(note("processing")),
    ];
    await passTimeout();
    await Promise.all(all);
    expect(ended).toEqual(["the first", "processing", "the one that waits"]);
  });

  test("of a message that ended the thread before is not tried again", async () => {
    const processed = mapping.process(beginning, { count: 1, bytes: 1e6 });
    await passTimeout();
    await passTimeout();
    expect((await processed).map(({ facts }) => facts.outcome)).toEqual(["failed"]);
    expect(await mapping.explain(hangs)).toMatchObject({
      problem: { code: "channels.mappingStopped" },
    });
    expect(await mapping.explain(good)).toMatchObject({ ok: true });
  });

  test("ends the thread once for a message, without that being processed", async () => {
    const first = mapping.explain(hangs);
    await passTimeout();
    await first;
    timers = 0;
    expect(await mapping.explain(hangs)).toMatchObject({
      problem: { code: "channels.mappingStopped" },
    });
    expect(timers).toBe(0);
  });

  test("is tried again once newer messages ended the thread than may be known", async () => {
    for (const position of [hangs, hangsToo, hangs]) {
      const explained = mapping.explain(position);
      await passTimeout();
      expect(await explained).toMatchObject({ ok: false });
    }
  });

  test("of a message that ended the thread is there once it was mapped all the same", async () => {
    const first = mapping.explain(hangs);
    await passTimeout();
    await first;
    writeFileSync(join(folder.path, "integration/transforms/go"), "");
    const [processed] = await mapping.process(beginning, { count: 1, bytes: 1e6 });
    expect(processed?.facts.outcome).toBe("mappedWithWarnings");
    expect(await mapping.explain(hangs)).toMatchObject({ ok: true });
  });

  test("that waits begins no more when the hub stops, and says so", async () => {
    const both = Promise.allSettled([mapping.explain(hangs), mapping.explain(hangs)]);
    await eventually("the first is under way", () => timers === 1);
    await mapping.stop();
    const ended = { reason: { code: "hub.mappingEnded" } };
    expect(await both).toMatchObject([ended, ended]);
  });

  test("whose thread starts while the hub stops does not begin either", async () => {
    const [explained] = await Promise.allSettled([mapping.explain(hangs), mapping.stop()]);
    expect(explained).toMatchObject({ reason: { code: "hub.mappingEnded" } });
  });
});

/** Lets the time pass that the request which is under way may take. */
async function passTimeout(): Promise<void> {
  timers = 0;
  await eventually("a request is under way", () => timers > 0);
  clock.advance(timeoutMs);
}

function entry(controlId: string) {
  const text = `MSH|^~\\&|EHR|HH|T|T|20260115103000||ADT^A08|${controlId}|T|2.5\rEVN|A08|20260115103000\rPID|1||7^^^HH^MR\rPV1|1|O\r`;
  return {
    site: "harbor",
    channel: "all-in",
    revision: "h-0",
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
