import { phi, reveal } from "@trestle/base";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Position } from "../journal.ts";
import type { DeliveryId, Outbox } from "../outbox.ts";
import { describeDeliveries } from "./describe-deliveries.ts";
import { describeHeld } from "./describe-held.ts";
import { describeLists } from "./describe-lists.ts";
import { delivery, headPositions, heads, output, settlement } from "./invented-outputs.ts";

/** An outbox under test, with what closes it. */
export interface OpenedOutbox {
  readonly outbox: Outbox;
  close(): Promise<void>;
}

/** What every outbox must do. A new backend passes this before it does anything else. */
export function describeOutbox(name: string, open: () => OpenedOutbox): void {
  describe(`outbox: ${name}`, () => {
    let opened: OpenedOutbox;
    beforeEach(() => {
      opened = open();
    });
    afterEach(() => opened.close());

    describeForward(() => opened.outbox);
    describeLanes(() => opened.outbox);
    describeDecisions(() => opened.outbox);
    describeSearch(() => opened.outbox);
    describeDeliveries(() => opened.outbox);
    describeLists(() => opened.outbox);
    describeHeld(() => opened.outbox);
  });
}

function describeForward(outbox: () => Outbox): void {
  test("outputs and cursor are written together, and once", async () => {
    const outputs = [output(1, ["p1"]), output(2, ["p2"])];
    await outbox().forward(outputs);
    await outbox().forward(outputs);
    expect(await outbox().cursor()).toBe(2);
    expect(await outbox().deliveries({ limit: 10 })).toHaveLength(2);
  });

  test("a failing write alongside undoes outputs and cursor", async () => {
    const failing = { ...output(1, ["p1"]), alongside: () => JSON.parse("not json") };
    await expect(outbox().forward([failing])).rejects.toThrow();
    expect(await outbox().cursor()).toBe(0);
    expect(await outbox().deliveries({ limit: 10 })).toEqual([]);
    expect(await outbox().counts(0)).toEqual([]);
  });

  test("a gap behind the cursor is refused", async () => {
    await expect(outbox().forward([output(2, [])])).rejects.toMatchObject({
      code: "journal.outOfOrder",
    });
  });

  test("counts are kept by minute and kind", async () => {
    const second = output(2, []);
    const refused = { ...second, facts: { ...second.facts, disposition: "refused" as const } };
    await outbox().forward([output(1, ["p1"]), refused]);
    const [head] = await heads(outbox());
    await outbox().settle([settlement(head, "delivered")]);
    const counted = (await outbox().counts(0)).map(({ kind, destination, count }) => [
      kind,
      destination,
      count,
    ]);
    expect(new Set(counted)).toEqual(
      new Set([
        ["accepted", "", 1],
        ["delivered", "app", 1],
        ["refused", "", 1],
      ]),
    );
  });
}

function describeLanes(outbox: () => Outbox): void {
  test("only the oldest open delivery of each lane is a head", async () => {
    await outbox().forward([output(1, ["p1"]), output(2, ["p1"]), output(3, ["p2"])]);
    expect(await headPositions(outbox())).toEqual([1, 3]);
    await outbox().settle([settlement((await heads(outbox()))[0], "delivered")]);
    expect(await headPositions(outbox())).toEqual([2, 3]);
  });

  test("a lane that waits for a retry gives no head before its time", async () => {
    await outbox().forward([output(1, ["p1"]), output(2, ["p1"]), output(3, ["p2"])]);
    const [head] = await heads(outbox());
    await outbox().settle([{ ...settlement(head, "queued"), retryAt: 5000 }]);
    expect(await headPositions(outbox(), 4999)).toEqual([3]);
    expect(await outbox().nextRetryAt("app")).toBe(5000);
    expect(await headPositions(outbox(), 5000)).toEqual([3, 1]);
  });

  test("a held head blocks its lane alone", async () => {
    await outbox().forward([output(1, ["p1"]), output(2, ["p1"]), output(3, ["p2"])]);
    await outbox().settle([settlement((await heads(outbox()))[0], "held")]);
    expect(await headPositions(outbox())).toEqual([3]);
    expect(await outbox().backlog()).toMatchObject([{ destination: "app", queued: 2, held: 1 }]);
  });

  test("what is under way already is left out, without hiding others", async () => {
    await outbox().forward([output(1, ["p1"]), output(2, ["p2"]), output(3, ["p3"])]);
    const [first] = await heads(outbox());
    const except = new Set(first === undefined ? [] : [first.id]);
    const rest = await outbox().heads("app", { now: 0, limit: 1, except });
    expect(rest.map(({ position }) => position)).toEqual([2]);
  });
}

function describeDecisions(outbox: () => Outbox): void {
  const hold = async () => {
    await outbox().forward([output(1, ["p1"]), output(2, ["p1"])]);
    const [head] = await heads(outbox());
    await outbox().settle([settlement(head, "held")]);
    return head?.id as DeliveryId;
  };

  test("a held delivery that is queued again is the head of its lane", async () => {
    const id = await hold();
    expect(await outbox().decide(id, "queued")).toBe(true);
    expect(await headPositions(outbox())).toEqual([1]);
    expect(await outbox().backlog()).toMatchObject([{ queued: 2, held: 0 }]);
  });

  test("a held delivery that is cancelled lets its lane move on", async () => {
    const id = await hold();
    expect(await outbox().decide(id, "cancelled")).toBe(true);
    expect(await headPositions(outbox())).toEqual([2]);
    expect(await outbox().decide(id, "queued")).toBe(false);
  });

  test("an attempt that ends after a cancellation does not undo it", async () => {
    await outbox().forward([output(1, ["p1"])]);
    const [head] = await heads(outbox());
    await outbox().decide(head?.id as DeliveryId, "cancelled");
    await outbox().settle([settlement(head, "delivered")]);
    const [after] = await outbox().deliveries({ limit: 1 });
    expect(after?.state).toBe("cancelled");
    expect(await outbox().attempts(head?.id as DeliveryId)).toHaveLength(1);
  });

  test("a replay owes again, behind what the lane owes already", async () => {
    await outbox().forward([output(1, ["p1"]), output(2, ["p1"])]);
    const again = { ...delivery("p1", 1), isReplay: true };
    const [id] = await outbox().replay(output(1, []).facts, [again]);
    expect(await headPositions(outbox())).toEqual([1]);
    expect((await outbox().deliveries({ limit: 1 }))[0]).toMatchObject({ id, isReplay: true });
    expect(await outbox().cursor()).toBe(2);
  });
}

function describeSearch(outbox: () => Outbox): void {
  test.each([
    { by: "type", filter: { type: "ADT^A08" }, found: [3, 1] },
    { by: "family", filter: { type: "ADT" }, found: [3, 1] },
    { by: "control id", filter: { controlId: "c2" }, found: [2] },
    { by: "patient", filter: { patientKeys: [phi("mrn|p1")] }, found: [3, 1] },
    { by: "outcome", filter: { outcome: "failed" as const }, found: [2] },
    { by: "time", filter: { from: 2000, to: 3000 }, found: [2] },
    { by: "page", filter: { before: 3 as Position }, found: [2, 1] },
    { by: "what is newer", filter: { after: 2 as Position }, found: [3] },
    { by: "site and channel", filter: { site: "lakeshore", channel: "adt-in" }, found: [3, 2, 1] },
    { by: "another site", filter: { site: "other" }, found: [] },
  ])("messages are found by $by, newest first", async ({ filter, found }) => {
    const failed = output(2, []);
    await outbox().forward([
      output(1, [], "p1"),
      { ...failed, facts: { ...failed.facts, type: "ORU^R01", outcome: "failed" } },
      output(3, [], "p1"),
    ]);
    const messages = await outbox().messages({ ...filter, limit: 10 });
    expect(messages.map(({ position }) => position)).toEqual(found);
  });

  test("facts come back as they were written", async () => {
    const given = output(1, [], "p1");
    await outbox().forward([given]);
    const [read] = await outbox().messages({ limit: 1 });
    const { patientKey, ...facts } = given.facts;
    expect(read).toMatchObject(facts);
    expect(read?.patientKey && reveal(read.patientKey)).toBe(patientKey && reveal(patientKey));
  });
}
