import { phi, reveal } from "@trestle/base";
import { expect, test } from "vitest";
import { packBody } from "../body.ts";
import type { Position } from "../journal.ts";
import type { DeliveryId, Outbox, Outputs } from "../outbox.ts";
import { delivery, headPositions, heads, output, settlement } from "./invented-outputs.ts";

/** What happens to outputs, tries and decisions in the less common cases. */
export function describeDeliveries(outbox: () => Outbox): void {
  describeRepeats(outbox);
  describeResults(outbox);
  describeTries(outbox);
  describeChanges(outbox);
}

function describeRepeats(outbox: () => Outbox): void {
  test("a new outbox has processed nothing and owes nothing", async () => {
    expect(await outbox().cursor()).toBe(0);
    expect(await heads(outbox())).toEqual([]);
    expect(await outbox().messages({ limit: 10 })).toEqual([]);
    await outbox().forward([]);
    expect(await outbox().cursor()).toBe(0);
  });

  test("of a batch that is partly known only the rest is written, with what goes alongside", async () => {
    const ran: number[] = [];
    const noted = (position: number): Outputs => ({
      ...output(position, ["p1"]),
      alongside: () => ran.push(position),
    });
    await outbox().forward([noted(1), noted(2)]);
    await outbox().forward([noted(1), noted(2), noted(3)]);
    expect(ran).toEqual([1, 2, 3]);
    expect(await outbox().cursor()).toBe(3);
    expect(await outbox().deliveries({ limit: 10 })).toHaveLength(3);
  });

  test.each([
    { what: "a gap inside a batch", positions: [1, 3] },
    { what: "a batch out of order", positions: [1, 3, 2] },
    { what: "an entry that stands twice in a batch", positions: [1, 1] },
  ])("$what is refused whole", async ({ positions }) => {
    const batch = positions.map((position) => output(position, ["p1"]));
    await expect(outbox().forward(batch)).rejects.toMatchObject({ code: "journal.outOfOrder" });
    expect(await outbox().cursor()).toBe(0);
    expect(await outbox().deliveries({ limit: 10 })).toEqual([]);
  });

  test("what is asked for beside a failing batch is written all the same", async () => {
    await outbox().forward([output(1, ["p1"])]);
    const [head] = await heads(outbox());
    const failing = { ...output(2, ["p2"]), alongside: () => JSON.parse("not json") };
    const results = await Promise.allSettled([
      outbox().forward([failing]),
      outbox().settle([settlement(head, "delivered")]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    expect(await outbox().deliveries({ limit: 10 })).toMatchObject([{ state: "delivered" }]);
    expect(await outbox().backlog()).toMatchObject([{ queued: 0, held: 0 }]);
  });
}

function describeResults(outbox: () => Outbox): void {
  const given = JSON.stringify({ name: "Zoë Bäumer", note: "x".repeat(5000), at: 1.5 });

  test("a delivery comes back as it was owed, with its result", async () => {
    const owed = { ...delivery("mrn|p1", 1), body: phi(packBody(given)) };
    await outbox().forward([{ ...output(1, []), deliveries: [owed] }]);
    const [due] = await heads(outbox());
    const { lane: _lane, body: _body, ...facts } = owed;
    expect(due).toMatchObject({
      ...facts,
      position: 1,
      site: "lakeshore",
      channel: "adt-in",
      revision: "h-000000000000",
      type: "ADT^A08",
      state: "queued",
      attempts: 0,
    });
    expect(due && reveal(due.lane)).toBe("mrn|p1");
    expect(due && Buffer.from(reveal(due.body)).toString()).toBe(given);
  });

  test("a replay has its own result and the facts of its entry, and is no second message", async () => {
    const original = output(1, ["p1"]);
    await outbox().forward([original]);
    await outbox().settle([settlement((await heads(outbox()))[0], "delivered")]);
    const again = { ...delivery("p1", 1), key: "again", isReplay: true };
    const ids = await outbox().replay({ ...original.facts, revision: "h-111111111111" }, [
      { ...again, body: phi(packBody(given)) },
    ]);
    const [due] = await heads(outbox());
    expect(due).toMatchObject({
      id: ids[0],
      key: "again",
      isReplay: true,
      position: 1,
      revision: "h-111111111111",
    });
    expect(due && Buffer.from(reveal(due.body)).toString()).toBe(given);
    expect(await outbox().messages({ limit: 10 })).toMatchObject([{ revision: "h-000000000000" }]);
  });

  test("ids grow in the order in which deliveries were owed", async () => {
    const { facts } = output(1, []);
    await outbox().forward([output(1, ["p1", "p2"])]);
    const [third, fourth] = await outbox().replay(facts, [delivery("p1", 1), delivery("p3", 1)]);
    const all = (await outbox().deliveries({ limit: 10 })).map(({ id }) => id);
    expect(all).toEqual(all.toSorted((one, other) => other - one));
    expect(all.slice(0, 2)).toEqual([fourth, third]);
  });

  test("one entry may owe the same lane at several destinations, each with its own head", async () => {
    const other = { ...delivery("p1", 1), destination: "archive" };
    await outbox().forward([{ ...output(1, ["p1"]), deliveries: [delivery("p1", 1), other] }]);
    await outbox().settle([settlement((await heads(outbox()))[0], "held")]);
    expect(await heads(outbox())).toEqual([]);
    const options = { now: 0, limit: 10, except: new Set<DeliveryId>() };
    expect(await outbox().heads("archive", options)).toMatchObject([{ destination: "archive" }]);
    expect(await outbox().heads("nobody", options)).toEqual([]);
  });
}

function describeTries(outbox: () => Outbox): void {
  test("no more heads are given than asked for, the oldest first", async () => {
    await outbox().forward([output(1, ["p1", "p2"]), output(2, ["p3"]), output(3, ["p1"])]);
    const two = await outbox().heads("app", { now: 0, limit: 2, except: new Set() });
    expect(two.map(({ id }) => id)).toEqual([1, 2]);
    expect(await outbox().heads("app", { now: 0, limit: 0, except: new Set() })).toEqual([]);
    const except = new Set([999 as DeliveryId]);
    expect(await outbox().heads("app", { now: 0, limit: 1, except })).toHaveLength(1);
  });

  test("the next retry is the earliest that waits, and none where none waits", async () => {
    await outbox().forward([output(1, ["p1"]), output(2, ["p2"]), output(3, ["p3"])]);
    expect(await outbox().nextRetryAt("app")).toBeUndefined();
    const [one, two, three] = await heads(outbox());
    await outbox().settle([
      { ...settlement(one, "queued"), retryAt: 9000 },
      { ...settlement(two, "queued"), retryAt: 4000 },
      settlement(three, "held"),
    ]);
    expect(await outbox().nextRetryAt("app")).toBe(4000);
    expect(await outbox().nextRetryAt("archive")).toBeUndefined();
    await outbox().settle([settle(two?.id, 2, "delivered")]);
    expect(await outbox().nextRetryAt("app")).toBe(9000);
  });

  test("tries are kept in order, with their times and what came of them", async () => {
    await outbox().forward([output(1, ["p1"])]);
    const id = (await heads(outbox()))[0]?.id;
    for (const number of [1, 2, 3]) {
      await outbox().settle([settle(id, number, number === 3 ? "delivered" : "queued")]);
    }
    expect(await outbox().attempts(id as DeliveryId)).toEqual([
      { number: 1, startedAt: 1000, durationMs: 2.5, result: "transient", detail: "503" },
      { number: 2, startedAt: 2000, durationMs: 2.5, result: "transient", detail: "503" },
      { number: 3, startedAt: 3000, durationMs: 2.5, result: "delivered", detail: "200" },
    ]);
    expect(await outbox().deliveries({ limit: 1 })).toMatchObject([
      { state: "delivered", attempts: 3 },
    ]);
    expect(await outbox().attempts(999 as DeliveryId)).toEqual([]);
  });

  test("of very many tries the last 200 are told", async () => {
    await outbox().forward([output(1, ["p1"])]);
    const id = (await heads(outbox()))[0]?.id;
    const tries = Array.from({ length: 205 }, (_, index) => settle(id, index + 1, "queued"));
    await outbox().settle(tries);
    const numbers = (await outbox().attempts(id as DeliveryId)).map(({ number }) => number);
    expect([numbers[0], numbers.at(-1), numbers.length]).toEqual([6, 205, 200]);
  });

  test("a result that is told twice counts once", async () => {
    await outbox().forward([output(1, ["p1"])]);
    const [head] = await heads(outbox());
    const told = settlement(head, "delivered");
    await outbox().settle([told, told]);
    await outbox().settle([told]);
    expect(await outbox().attempts(told.id)).toHaveLength(1);
    const delivered = (await outbox().counts(0)).filter(({ kind }) => kind === "delivered");
    expect(delivered).toMatchObject([{ count: 1 }]);
    expect(await outbox().backlog()).toMatchObject([{ queued: 0, held: 0 }]);
  });

  test("a result of a delivery that nobody knows changes nothing", async () => {
    await outbox().settle([settle(999, 1, "delivered")]);
    expect(await outbox().counts(0)).toEqual([]);
    expect(await outbox().backlog()).toEqual([]);
  });
}

function describeChanges(outbox: () => Outbox): void {
  const waiting = async () => {
    await outbox().forward([output(1, ["p1"]), output(2, ["p1"])]);
    const [head] = await heads(outbox());
    await outbox().settle([{ ...settlement(head, "queued"), retryAt: 5000 }]);
    return head?.id as DeliveryId;
  };

  test("a delivery that waits for a retry is tried at once where a person asks for it", async () => {
    expect(await outbox().decide(await waiting(), "queued")).toBe(true);
    expect(await headPositions(outbox())).toEqual([1]);
    expect(await outbox().nextRetryAt("app")).toBeUndefined();
  });

  test("when the head that waits is cancelled, the next may be tried at once", async () => {
    expect(await outbox().decide(await waiting(), "cancelled")).toBe(true);
    expect(await headPositions(outbox())).toEqual([2]);
    expect(await outbox().nextRetryAt("app")).toBeUndefined();
  });

  test("cancelling one behind a lane's head leaves the head as it is", async () => {
    await waiting();
    const [second] = await outbox().deliveries({ position: 2 as Position, limit: 1 });
    expect(await outbox().decide(second?.id as DeliveryId, "cancelled")).toBe(true);
    expect(await headPositions(outbox(), 4999)).toEqual([]);
    expect(await outbox().nextRetryAt("app")).toBe(5000);
    expect(await headPositions(outbox(), 5000)).toEqual([1]);
  });

  test("why a delivery is held is told as long as it is", async () => {
    await outbox().forward([output(1, ["p1"])]);
    const [head] = await heads(outbox());
    const reason = { code: "channels.endNotKnown", text: "Ended with 500.", hint: "Look there." };
    await outbox().settle([{ ...settlement(head, "held"), reason }]);
    expect(await outbox().deliveries({ limit: 1 })).toMatchObject([{ state: "held", reason }]);
    await outbox().decide(head?.id as DeliveryId, "queued");
    const [again] = await outbox().deliveries({ limit: 1 });
    expect(again).toMatchObject({ state: "queued", attempts: 1 });
    expect(again).not.toHaveProperty("reason");
  });

  test("nobody decides about what is delivered, or was never owed", async () => {
    await outbox().forward([output(1, ["p1"])]);
    const [head] = await heads(outbox());
    await outbox().settle([settlement(head, "delivered")]);
    expect(await outbox().decide(head?.id as DeliveryId, "queued")).toBe(false);
    expect(await outbox().decide(999 as DeliveryId, "cancelled")).toBe(false);
    expect(await outbox().deliveries({ limit: 1 })).toMatchObject([{ state: "delivered" }]);
  });

  test("a lane that was empty takes new deliveries again", async () => {
    await outbox().forward([output(1, ["p1"])]);
    await outbox().settle([settlement((await heads(outbox()))[0], "delivered")]);
    await outbox().forward([output(2, ["p1"])]);
    expect(await headPositions(outbox())).toEqual([2]);
  });
}

function settle(id: number | undefined, number: number, state: "delivered" | "queued") {
  const isDelivered = state === "delivered";
  return {
    id: id as DeliveryId,
    state,
    attempt: {
      number,
      startedAt: number * 1000,
      durationMs: 2.5,
      result: isDelivered ? ("delivered" as const) : ("transient" as const),
      detail: isDelivered ? "200" : "503",
    },
  };
}
