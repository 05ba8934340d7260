import type { Clock } from "@trestle/base";
import { defaultLimits } from "@trestle/hl7v2";
import type { Backlog, MessageFacts, MinuteCount, Position } from "@trestle/journal";
import { describe, expect, test } from "vitest";
import type { ApiIntegration } from "../src/index.ts";
import { createEventFeed } from "../src/index.ts";
import { indexCounts } from "../src/count-index.ts";
import { MinuteTotals } from "../src/minute-totals.ts";
import { overviewOf } from "../src/overview.ts";

const now = Date.UTC(2026, 0, 2, 10, 30, 30);
const minute = Math.floor(now / 60_000);
const tables = { find: () => undefined, names: [], rows: () => [] };

function site(id: string, title: string) {
  const timeZone = "America/Chicago";
  return {
    id,
    title,
    environment: "production" as const,
    timeZone,
    feeds: [{ channels: ["adt-in"] }],
    tables,
  };
}

const integration: ApiIntegration = {
  revision: "a1b2c3",
  sites: new Map([
    ["lakeshore", site("lakeshore", "Lakeshore")],
    ["northside", site("northside", "Northside")],
  ]),
  channels: new Map([["adt-in", { title: "Admissions" }]]),
  destinations: new Map([["app-webhook", {}]]),
  settings: {
    messages: defaultLimits,
    privacy: { maskUntilPurpose: true },
    signIn: { linkMinutes: 15 },
  },
};

function received(kind: MinuteCount["kind"], ago: number, count: number): MinuteCount {
  const at = { site: "lakeshore", channel: "adt-in", destination: "" };
  return { ...at, minute: minute - ago, kind, count };
}

const sent = (kind: MinuteCount["kind"], ago: number, count: number): MinuteCount => ({
  ...received(kind, ago, count),
  destination: "app-webhook",
});

const healthy = [
  received("accepted", 30, 1),
  received("accepted", 1, 60),
  received("accepted", 2, 40),
  { ...received("accepted", 1, 5), site: "northside" },
  sent("delivered", 1, 100),
];

function overview(
  counts: readonly MinuteCount[],
  more: Partial<Parameters<typeof overviewOf>[0]> = {},
) {
  const heardAt = new Map<string, number>();
  if (counts.length > 0) heardAt.set("lakeshore/adt-in", now - 4200);
  return overviewOf({
    now,
    minutes: 60,
    integration,
    counts: indexCounts(counts),
    backlogs: [],
    heardAt,
    unprocessed: 0,
    connections: 3,
    readiness: { ready: true, reasons: [] },
    waitingDifferences: new Map(),
    ...more,
  });
}

const waits = (queued: number, held: number, sinceMs: number): readonly Backlog[] => [
  { destination: "app-webhook", queued, held, oldestAt: now - sinceMs },
];

const both = new Map([
  ["lakeshore", 3],
  ["northside", 1],
]);

describe("the situation", () => {
  test.each([
    {
      what: "all is well",
      counts: healthy,
      more: {},
      state: "good",
      sentence: "Both sites healthy. Last message 4 s ago.",
    },
    {
      what: "nothing came yet",
      counts: [],
      more: {},
      state: "neutral",
      sentence: "No message yet. 2 sites are set up.",
    },
    {
      what: "one site is silent",
      counts: healthy.filter(({ site }) => site === "lakeshore"),
      more: {},
      state: "good",
      sentence: "Northside: silent. The others are healthy. Last message 4 s ago.",
    },
    {
      what: "a few messages go wrong",
      counts: [...healthy, received("refused", 0, 2)],
      more: {},
      state: "warning",
      sentence: "Lakeshore: 2 messages of adt-in refused or failed.",
    },
    {
      what: "most messages go wrong",
      counts: [received("accepted", 0, 3), received("failed", 0, 3)],
      more: {},
      state: "bad",
      sentence: "Lakeshore: 3 messages of adt-in refused or failed.",
    },
    {
      what: "a destination is down",
      counts: [...healthy.slice(0, 3), sent("retried", 1, 7)],
      more: { backlogs: waits(1204, 0, 360_000) },
      state: "bad",
      sentence: "app-webhook: nothing gets through; 1,204 deliveries wait, the oldest for 6 min.",
    },
    {
      what: "a destination catches up",
      counts: [...healthy, sent("delivered", 0, 50)],
      more: { backlogs: waits(900, 0, 360_000) },
      state: "warning",
      sentence: "app-webhook: 900 deliveries wait, the oldest for 6 min.",
    },
    {
      what: "deliveries are held",
      counts: [...healthy, received("refused", 0, 1)],
      more: { backlogs: waits(0, 3, 5000) },
      state: "held",
      sentence: "app-webhook: 3 held until a person decides. One more thing needs a look.",
    },
    {
      what: "processing falls behind",
      counts: healthy,
      more: { unprocessed: 12_000 },
      state: "warning",
      sentence: "12,000 messages wait to be processed.",
    },
    {
      what: "production waits for approval",
      counts: healthy,
      more: { waitingDifferences: new Map([["lakeshore", 3]]) },
      state: "held",
      sentence: "Production of Lakeshore waits for approval; last message 4 s ago.",
    },
    {
      what: "production of all waits, and nothing came yet",
      counts: [],
      more: { waitingDifferences: both },
      state: "held",
      sentence: "Production of 2 sites waits for approval; no message yet.",
    },
    {
      what: "production waits, and a few messages go wrong, which is told first",
      counts: [...healthy, received("refused", 0, 2)],
      more: { waitingDifferences: both },
      state: "warning",
      sentence: "Lakeshore: 2 messages of adt-in refused or failed. 2 more things need a look.",
    },
    {
      what: "production waits, and deliveries are held, which is told first",
      counts: healthy,
      more: { backlogs: waits(0, 3, 5000), waitingDifferences: new Map([["northside", 1]]) },
      state: "held",
      sentence: "app-webhook: 3 held until a person decides. One more thing needs a look.",
    },
  ] as const)("$what: $sentence", ({ counts, more, state, sentence }) => {
    expect(overview(counts, more)).toMatchObject({ state, sentence });
  });
});

test("counts stand by minute, the running one last, and the rate is that of five whole minutes", () => {
  const { sites, destinations } = overview([
    ...healthy,
    received("warned", 1, 7),
    received("broken", 0, 2),
  ]);
  const [lakeshore] = sites;
  expect(lakeshore?.perMinute).toHaveLength(60);
  expect(lakeshore?.perMinute.slice(-3)).toEqual([40, 60, 2]);
  expect(lakeshore).toMatchObject({
    ratePerMinute: 20,
    errors: 2,
    warnings: 7,
    lastAt: new Date(now - 4200).toISOString(),
  });
  expect(lakeshore?.channels[0]).toMatchObject({ id: "adt-in", title: "Admissions", errors: 2 });
  expect(destinations).toMatchObject([{ id: "app-webhook", state: "good", ratePerMinute: 20 }]);
});

test("a destination tells its last delivery as exactly as it is known, however long ago", () => {
  const deliveredAt = now - 90 * 60_000 - 123;
  const backlogs = [{ destination: "app-webhook", queued: 0, held: 0, deliveredAt }];
  const { destinations } = overview([sent("delivered", 1, 100)], { backlogs });
  expect(destinations[0]?.lastAt).toBe(new Date(deliveredAt).toISOString());
  expect(overview([sent("retried", 1, 2)]).destinations[0]).not.toHaveProperty("lastAt");
});

test("messages of a site that is not set up are shown all the same", () => {
  const { sites } = overview([{ ...received("broken", 0, 2), site: "unknown" }]);
  expect(sites.map(({ id, state }) => [id, state])).toEqual([
    ["lakeshore", "neutral"],
    ["northside", "neutral"],
    ["unknown", "bad"],
  ]);
});

test("totals only grow, and count each minute once", () => {
  const totals = new MinuteTotals();
  const count = (at: number, number: number) => ({
    ...received("accepted", 0, number),
    minute: at,
  });
  const sums = [
    totals.totals(1000, [count(990, 5), count(1000, 1)]),
    totals.totals(1000, [count(990, 6), count(1000, 4)]),
    totals.totals(1055, [count(995, 2), count(990, 6), count(1000, 4)]),
    totals.totals(1200, [count(1000, 4), count(1200, 1)]),
  ].map(([total]) => total?.count);
  expect(sums).toEqual([6, 10, 12, 13]);
  expect(totals.since(1200)).toBe(1141);
});

test("a feed gathers bursts, skips beyond fifty, and does nothing while nobody follows", () => {
  const timers: (() => void)[] = [];
  const clock: Clock = {
    now: () => now,
    after: (_, action) => {
      timers.push(action);
      return () => {};
    },
  };
  const facts = (position: number): MessageFacts => ({
    position: position as Position,
    site: "lakeshore",
    channel: "adt-in",
    revision: "a1b2c3",
    receivedAt: now,
    controlId: "M",
    type: "ADT^A08",
    disposition: "accepted",
    answer: "AA",
    receivedBytes: 1,
    outcome: "mapped",
    warnings: 0,
  });
  const feed = createEventFeed({ clock });
  feed.messages([facts(1)]);
  feed.changed();
  expect(timers).toEqual([]);
  const taken: string[] = [];
  const leave = feed.follow((event) => taken.push(event));
  feed.messages(Array.from({ length: 40 }, (_, index) => facts(index + 1)));
  feed.messages(Array.from({ length: 40 }, (_, index) => facts(index + 41)));
  feed.changed();
  feed.changed();
  for (const act of timers) act();
  expect(taken.map((event) => event.split("\n")[0])).toEqual(["event: messages", "event: changed"]);
  const data = JSON.parse(taken[0]?.split("data: ")[1] ?? "");
  expect(data.items).toHaveLength(50);
  expect(data.skipped).toBe(30);
  leave();
  feed.changed();
  expect(timers).toHaveLength(2);
});
