import { phi } from "@trestle/base";
import { expect, test } from "vitest";
import type { Position } from "../journal.ts";
import type {
  Delivery,
  DeliveryId,
  DeliveryState,
  MessageFacts,
  Outbox,
  Outputs,
  Settlement,
} from "../outbox.ts";
import { delivery, heads, output, settlement } from "./invented-outputs.ts";

/** What people and metrics ask an outbox for. */
export function describeLists(outbox: () => Outbox): void {
  describeDeliveryFilters(outbox);
  describeMessageFilters(outbox);
  describeCounts(outbox);
  describeBacklog(outbox);
}

function describeDeliveryFilters(outbox: () => Outbox): void {
  test.each([
    { by: "nothing", filter: {}, found: [4, 3, 2, 1] },
    { by: "position", filter: { position: 2 as Position }, found: [3, 2] },
    { by: "destination", filter: { destination: "archive" }, found: [3] },
    { by: "state", filter: { state: "held" as const }, found: [1] },
    { by: "another state", filter: { state: "queued" as const }, found: [4, 3, 2] },
    { by: "page", filter: { before: 3 as DeliveryId }, found: [2, 1] },
    {
      by: "several at once",
      filter: { position: 2 as Position, destination: "app", before: 3 as DeliveryId },
      found: [2],
    },
    { by: "what nobody is", filter: { state: "cancelled" as const }, found: [] },
  ])("deliveries are found by $by, newest first", async ({ filter, found }) => {
    const archived = { ...delivery("p2", 2), destination: "archive" };
    await outbox().forward([
      output(1, ["p1"]),
      { ...output(2, []), deliveries: [delivery("p2", 2), archived] },
      output(3, ["p3"]),
    ]);
    await outbox().settle([settlement((await heads(outbox()))[0], "held")]);
    const ids = (await outbox().deliveries({ ...filter, limit: 10 })).map(({ id }) => id);
    expect(ids).toEqual(found);
    const [newest] = await outbox().deliveries({ ...filter, limit: 1 });
    expect(newest?.id).toBe(found[0]);
  });
}

function describeMessageFilters(outbox: () => Outbox): void {
  test.each([
    { by: "disposition", filter: { disposition: "refused" as const }, found: [4] },
    { by: "a family alone, not what starts alike", filter: { type: "ADT" }, found: [2, 1] },
    { by: "part of a trigger", filter: { type: "ADT^A0" }, found: [] },
    { by: "any of several patients", filter: { patientKeys: keys("p1", "p2") }, found: [2, 1] },
    { by: "no patient at all", filter: { patientKeys: [] }, found: [] },
    { by: "channel", filter: { channel: "other" }, found: [3] },
    {
      by: "type and time",
      filter: { type: "ADT", from: 1000, to: 2000 },
      found: [1],
    },
    {
      by: "what stands between two",
      filter: { after: 1 as Position, before: 4 as Position },
      found: [3, 2],
    },
  ])("messages are found by $by", async ({ filter, found }) => {
    await outbox().forward([
      output(1, [], "p1"),
      changed(output(2, [], "p2"), { type: "ADT^A40" }),
      changed(output(3, []), { type: "ADT_A01", channel: "other" }),
      changed(output(4, []), { type: "", disposition: "refused", outcome: "notProcessed" }),
    ]);
    const messages = await outbox().messages({ ...filter, limit: 10 });
    expect(messages.map(({ position }) => position)).toEqual(found);
    expect(await outbox().messages({ ...filter, limit: 0 })).toEqual([]);
  });

  test("why a message was refused comes back with it", async () => {
    const reason = { code: "hl7v2.noHeader", text: "No MSH.", hint: "Ask.", at: "MSH" };
    await outbox().forward([
      changed(output(1, []), { disposition: "refused", answer: "AE", reason, warnings: 3 }),
    ]);
    const [read] = await outbox().messages({ limit: 1 });
    expect(read).toMatchObject({ disposition: "refused", answer: "AE", reason, warnings: 3 });
  });
}

function describeCounts(outbox: () => Outbox): void {
  test.each([
    { kind: "accepted", change: {} },
    { kind: "refused", change: { disposition: "refused" } },
    { kind: "broken", change: { disposition: "broken" } },
    { kind: "failed", change: { outcome: "failed" } },
    { kind: "warned", change: { outcome: "mappedWithWarnings", warnings: 2 } },
  ] as const)("a message that is $kind is counted so in its minute", async ({ kind, change }) => {
    await outbox().forward([
      changed(output(1, []), { ...change, receivedAt: 119_999 }),
      changed(output(2, []), { ...change, receivedAt: 120_000 }),
      changed(output(3, []), { ...change, receivedAt: 120_001 }),
    ]);
    const counted = (await outbox().counts(0)).filter((count) => count.kind === kind);
    const place = { site: "lakeshore", channel: "adt-in", destination: "" };
    expect(counted).toEqual([
      { ...place, kind, minute: 1, count: 1 },
      { ...place, kind, minute: 2, count: 2 },
    ]);
    expect((await outbox().counts(2)).map(({ minute }) => minute)).not.toContain(1);
  });

  test.each([
    { kind: "delivered", state: "delivered" },
    { kind: "retried", state: "queued" },
    { kind: "held", state: "held" },
  ] as const)(
    "a try that leaves a delivery $state is counted as $kind",
    async ({ kind, state }) => {
      await outbox().forward([output(1, ["p1"])]);
      const settled = settlement((await heads(outbox()))[0], state);
      const attempt = { ...settled.attempt, startedAt: 179_998, durationMs: 2 };
      await outbox().settle([{ ...settled, attempt }]);
      const counted = (await outbox().counts(0)).filter(({ destination }) => destination !== "");
      // By the minute in which the try ended.
      expect(counted).toEqual([
        { minute: 3, site: "lakeshore", channel: "adt-in", destination: "app", kind, count: 1 },
      ]);
    },
  );
}

function describeBacklog(outbox: () => Outbox): void {
  test("the backlog counts each destination and tells since when it waits", async () => {
    const archived = { ...delivery("p2", 2), destination: "archive" };
    await outbox().forward([
      output(1, ["p1"]),
      { ...output(2, []), deliveries: [delivery("p1", 2), archived] },
    ]);
    const [head] = await heads(outbox());
    expect(new Set(await outbox().backlog())).toEqual(
      new Set([
        { destination: "app", queued: 2, held: 0, oldestAt: 1000 },
        { destination: "archive", queued: 1, held: 0, oldestAt: 2000 },
      ]),
    );
    await outbox().settle([settlement(head, "held")]);
    expect(await appBacklog()).toEqual({ destination: "app", queued: 1, held: 1, oldestAt: 1000 });
    await outbox().decide(head?.id as DeliveryId, "cancelled");
    expect(await appBacklog()).toEqual({ destination: "app", queued: 1, held: 0, oldestAt: 2000 });
    await outbox().settle([settlement((await heads(outbox()))[0], "delivered")]);
    expect(await appBacklog()).toEqual({
      destination: "app",
      queued: 0,
      held: 0,
      deliveredAt: 1005,
    });
  });

  test("each destination tells when a delivery last got through, to the millisecond", async () => {
    await outbox().forward([output(1, ["p1", "p2", "p3"])]);
    const [one, two, three] = await heads(outbox());
    await outbox().settle([ended(one, "queued", 9000), ended(two, "held", 9500)]);
    expect(await appBacklog()).not.toHaveProperty("deliveredAt");
    await outbox().settle([ended(one, "delivered", 61_234)]);
    expect(await appBacklog()).toMatchObject({ deliveredAt: 61_234 });
    // What ended earlier may be told later, and no failed try changes it.
    await outbox().settle([ended(three, "delivered", 61_000)]);
    await outbox().decide(two?.id as DeliveryId, "queued");
    await outbox().settle([ended(two, "queued", 70_000)]);
    expect(await appBacklog()).toMatchObject({ deliveredAt: 61_234 });
    await outbox().settle([ended(two, "delivered", 80_000), ended(two, "delivered", 90_000)]);
    expect(await appBacklog()).toMatchObject({ queued: 0, deliveredAt: 80_000 });
  });

  test("a delivery that gets through changes its own destination alone, and new ones keep it", async () => {
    const archived = { ...delivery("p1", 1), destination: "archive" };
    await outbox().forward([{ ...output(1, ["p1"]), deliveries: [delivery("p1", 1), archived] }]);
    await outbox().settle([settlement((await heads(outbox()))[0], "delivered")]);
    await outbox().forward([output(2, ["p1"])]);
    expect(new Set(await outbox().backlog())).toEqual(
      new Set([
        { destination: "app", queued: 1, held: 0, oldestAt: 2000, deliveredAt: 1005 },
        { destination: "archive", queued: 1, held: 0, oldestAt: 1000 },
      ]),
    );
  });

  const appBacklog = async () =>
    (await outbox().backlog()).find(({ destination }) => destination === "app");
}

/** A try that ended half a millisecond behind a time. */
function ended(head: Delivery | undefined, state: DeliveryState, at: number): Settlement {
  const settled = settlement(head, state);
  const attempt = { ...settled.attempt, startedAt: at - 2, durationMs: 2.5 };
  return { ...settled, attempt };
}

function changed(given: Outputs, facts: Partial<MessageFacts>): Outputs {
  return { ...given, facts: { ...given.facts, ...facts } };
}

function keys(...patients: readonly string[]) {
  return patients.map((patient) => phi(`mrn|${patient}`));
}
