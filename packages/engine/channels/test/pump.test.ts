import { join } from "node:path";
import {
  type Journal,
  type MessageFacts,
  type Outputs,
  type Position,
  type ReadLimit,
  SqliteOutbox,
  beginning,
  openSqliteJournal,
  lastDeliverySchema,
  outboxSchema,
} from "@trestle/journal";
import { SqliteFile } from "@trestle/sqlite";
import { FakeClock, eventually, temporaryFolder } from "@trestle/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Pump, type PumpOptions, processEntry } from "../src/index.ts";
import { newEntry, processingOf, refused } from "./invented-entries.ts";

let folder: ReturnType<typeof temporaryFolder>;
let journal: Journal;
let state: SqliteFile;
let outbox: SqliteOutbox;
let clock: FakeClock;
let pumps: Pump[];
/** What the pumps told, batch by batch. */
let forwarded: (readonly MessageFacts[])[];
let failures: unknown[];
let processed: number[];

beforeEach(() => {
  folder = temporaryFolder();
  journal = openSqliteJournal(join(folder.path, "journal.db"));
  state = new SqliteFile({
    file: join(folder.path, "state.db"),
    migrations: [outboxSchema, lastDeliverySchema],
  });
  outbox = new SqliteOutbox(state);
  clock = new FakeClock();
  pumps = [];
  forwarded = [];
  failures = [];
  processed = [];
});

afterEach(async () => {
  await Promise.all(pumps.map((pump) => pump.stop()));
  await journal.close();
  await state.close();
  folder.remove();
});

test("entries go through in order, those that were there and those that come", async () => {
  await receive(1, 20);
  start();
  await until(20);
  await receive(21, 40);
  await until(40);
  expect(told()).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  expect(processed).toEqual(told());
  const owed = await outbox.deliveries({ limit: 100 });
  expect(owed.map(({ position }) => position)).toEqual(told().toReversed());
});

test("what is told of was written before", async () => {
  const seen: Promise<boolean>[] = [];
  start({
    onForwarded: (facts) => {
      const last = facts.at(-1)?.position ?? 0;
      seen.push(outbox.cursor().then((cursor) => cursor >= last));
    },
  });
  await receive(1, 10);
  await until(10);
  expect(seen.length).toBeGreaterThan(0);
  expect(await Promise.all(seen)).not.toContain(false);
});

test("an entry that was refused goes through as a fact and holds up nobody", async () => {
  await journal.append(newEntry("c1", refused("refused")));
  await journal.append(newEntry("c2", { ...refused("broken"), text: "GET /" }));
  await receive(3, 3);
  start();
  await until(3);
  const outcomes = (await outbox.messages({ limit: 10 })).map(({ outcome }) => outcome);
  expect(outcomes.slice(1)).toEqual(["notProcessed", "notProcessed"]);
  expect(await outbox.deliveries({ limit: 10 })).toHaveLength(1);
});

test.each([
  { limit: "the count", options: { batch: { count: 3, bytes: 1e9 } }, most: 3 },
  { limit: "the bytes", options: { batch: { count: 100, bytes: 1 } }, most: 1 },
])("a batch keeps to $limit of its limits", async ({ options, most }) => {
  await receive(1, 10);
  start(options);
  await until(10);
  expect(Math.max(...forwarded.map((facts) => facts.length))).toBe(most);
  expect(told()).toEqual(Array.from({ length: 10 }, (_, index) => index + 1));
});

test("a batch that cannot be written is tried again after a second, whole and in order", async () => {
  const broken = brokenFor(3);
  await receive(1, 5);
  start({ process: broken });
  await failing(1);
  expect(await outbox.cursor()).toBe(beginning);
  expect(forwarded).toEqual([]);
  for (const count of [2, 3]) {
    clock.advance(1000);
    await failing(count);
  }
  clock.advance(1000);
  await until(5);
  expect(told()).toEqual([1, 2, 3, 4, 5]);
  expect(await outbox.deliveries({ limit: 10 })).toHaveLength(5);
  expect(failures).toHaveLength(3);
});

test("a batch that cannot be made is tried again after a second", async () => {
  let left = 2;
  await receive(1, 3);
  start({
    process: async (after, limit) => {
      left -= 1;
      if (left >= 0) throw new Error("the mapping did not start");
      return processAfter(after, limit);
    },
  });
  await failing(1);
  clock.advance(1000);
  await failing(2);
  clock.advance(1000);
  await until(3);
  expect(told()).toEqual([1, 2, 3]);
});

test("while a batch is written, the next is made", async () => {
  const written = Promise.withResolvers<void>();
  await receive(1, 4);
  start({
    batch: { count: 2, bytes: 1e9 },
    outbox: {
      cursor: () => outbox.cursor(),
      forward: async (outputs) => {
        await written.promise;
        await outbox.forward(outputs);
      },
    },
  });
  await eventually("the second batch is made", () => processed.length === 4);
  expect(forwarded).toEqual([]);
  written.resolve();
  await until(4);
  expect(processed).toEqual([1, 2, 3, 4]);
});

test("what arrives while a batch waits to be tried again does not hurry it", async () => {
  const broken = brokenFor(1);
  await receive(1, 2);
  start({ process: broken });
  await failing(1);
  await receive(3, 6);
  clock.advance(999);
  await receive(7, 7);
  expect(await outbox.cursor()).toBe(beginning);
  expect(processed.filter((position) => position === 1)).toEqual([1]);
  clock.advance(1);
  await until(7);
});

test("stop ends a wait of any kind, and what waits stays in the journal", async () => {
  const idle = start();
  await idle.stop();
  await receive(1, 3);
  expect(await outbox.cursor()).toBe(beginning);
  const failing1 = start({ process: brokenFor(Infinity) });
  await failing(1);
  await failing1.stop();
  expect(await outbox.cursor()).toBe(beginning);
  expect(journal.last()).toBe(3);
});

test("another pump goes on where the first one stopped", async () => {
  await receive(1, 10);
  const first = start({ batch: { count: 4, bytes: 1e9 } });
  await eventually("some are through", async () => (await outbox.cursor()) >= 4);
  await first.stop();
  const stoppedAt = await outbox.cursor();
  processed = [];
  start();
  await until(10);
  expect(processed).toEqual(
    Array.from({ length: 10 - stoppedAt }, (_, index) => stoppedAt + index + 1),
  );
});

test("starting twice runs once", async () => {
  const pump = start();
  pump.start();
  await receive(1, 10);
  await until(10);
  expect(processed).toHaveLength(10);
});

/** A pump of the real path to a destination that nobody empties. */
function start(options: Partial<PumpOptions> = {}): Pump {
  const pump = new Pump({
    journal,
    outbox,
    clock,
    batch: { count: 500, bytes: 1e9 },
    process: (after, limit) => processAfter(after, limit),
    onForwarded: (facts) => forwarded.push(facts),
    onFailure: (error) => failures.push(error),
    ...options,
  });
  pumps.push(pump);
  pump.start();
  return pump;
}

async function processAfter(after: Position, limit: ReadLimit): Promise<readonly Outputs[]> {
  const processing = processingOf([{ to: "app", types: ["*"] }]);
  const entries = await journal.read(after, limit);
  processed.push(...entries.map(({ position }) => position));
  return entries.map((entry) => {
    const { facts, deliveries } = processEntry(processing, entry);
    return { facts, deliveries };
  });
}

/** Processing whose writes to the record fail so many times. */
function brokenFor(times: number): PumpOptions["process"] {
  let left = times;
  const alongside = () => {
    left -= 1;
    if (left >= 0) throw new Error("the record is locked");
  };
  return async (after, limit) =>
    (await processAfter(after, limit)).map((outputs) => ({ ...outputs, alongside }));
}

async function receive(from: number, to: number): Promise<void> {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  await Promise.all(numbers.map((number) => journal.append(newEntry(`c${number}`))));
}

async function until(position: number): Promise<void> {
  await eventually(`the cursor is at ${position}`, async () => {
    return (await outbox.cursor()) === position && (told().at(-1) ?? position) === position;
  });
}

async function failing(times: number): Promise<void> {
  await eventually(`${times} failures are told`, () => failures.length === times);
}

function told(): number[] {
  return forwarded.flatMap((facts) => facts.map(({ position }) => position));
}
