import { phi, reveal } from "@trestle/base";
import { expect, test } from "vitest";
import { packBody } from "../body.ts";
import type { Position } from "../journal.ts";
import type { DeliveryId, NewDelivery, Outbox, Outputs } from "../outbox.ts";
import { delivery, headPositions, heads, output, settlement } from "./invented-outputs.ts";

/** What is held from the beginning, before anything was tried. */
export function describeHeld(outbox: () => Outbox): void {
  test("what is held from the beginning blocks its lane alone, and says why", async () => {
    await outbox().forward([heldOutput(1, "p1"), output(2, ["p1"]), output(3, ["p2"])]);
    expect(await headPositions(outbox())).toEqual([3]);
    expect(await outbox().backlog()).toMatchObject([{ queued: 2, held: 1 }]);
    const [, , first] = await outbox().deliveries({ limit: 3 });
    expect(first).toMatchObject({ state: "held", attempts: 0, reason: why });
    expect((await outbox().counts(0)).filter(({ kind }) => kind === "held")).toHaveLength(1);
  });

  test("one behind others stays held when its turn comes", async () => {
    await outbox().forward([output(1, ["p1"]), heldOutput(2, "p1"), output(3, ["p1"])]);
    await outbox().settle([settlement((await heads(outbox()))[0], "delivered")]);
    expect(await headPositions(outbox())).toEqual([]);
  });

  test("a person lets it go as it is, or cancels it", async () => {
    await outbox().forward([heldOutput(1, "p1"), heldOutput(2, "p1")]);
    const [second, first] = await outbox().deliveries({ limit: 2 });
    expect(await outbox().decide(first?.id as DeliveryId, "queued")).toBe(true);
    expect(await headPositions(outbox())).toEqual([1]);
    await outbox().settle([settlement((await heads(outbox()))[0], "delivered")]);
    expect(await outbox().decide(second?.id as DeliveryId, "cancelled")).toBe(true);
    expect(await outbox().backlog()).toMatchObject([{ queued: 0, held: 0 }]);
  });

  test("made anew without a reason it goes on in its place, with the result of now", async () => {
    const ran: string[] = [];
    await outbox().forward([heldOutput(1, "p1"), output(2, ["p1"])]);
    const now = remade(1, { body: body("mapped now") });
    expect(await outbox().remake({ ...now, alongside: () => ran.push("record") })).toBe(1);
    const [head] = await heads(outbox());
    expect(head).toMatchObject({ position: 1, key: "key-1", revision: "h-new", attempts: 0 });
    expect(head).not.toHaveProperty("reason");
    expect(head && Buffer.from(reveal(head.body)).toString()).toBe('"mapped now"');
    expect(await outbox().messages({ limit: 1, before: 2 as Position })).toMatchObject([
      { revision: "h-new", outcome: "mapped", warnings: 0 },
    ]);
    expect(await outbox().backlog()).toMatchObject([{ queued: 2, held: 0 }]);
    expect(ran).toEqual(["record"]);
  });

  test("made anew for another reason it stays held for that", async () => {
    await outbox().forward([heldOutput(1, "p1")]);
    const other = { ...why, text: "Another code." };
    expect(await outbox().remake(remade(1, { heldFor: other }))).toBe(0);
    expect(await outbox().deliveries({ limit: 1 })).toMatchObject([
      { state: "held", reason: other, revision: "h-new" },
    ]);
    expect(await outbox().backlog()).toMatchObject([{ queued: 0, held: 1 }]);
  });

  test("what was tried, decided or owed otherwise is not made anew", async () => {
    await outbox().forward([output(1, ["p1"]), heldOutput(2, "p2"), output(3, ["p3"])]);
    const [tried, free] = await heads(outbox());
    await outbox().settle([{ ...settlement(tried, "held"), reason: why }]);
    const [held] = await outbox().heldFor(why.code, { limit: 9 });
    await outbox().decide(held?.id as DeliveryId, "cancelled");
    for (const position of [1, 2, 3, 4]) {
      expect(await outbox().remake(remade(position, { body: body("other") }))).toBe(0);
    }
    expect(await headPositions(outbox())).toEqual([free?.position]);
    expect(await outbox().messages({ limit: 1 })).toMatchObject([{ revision: "h-000000000000" }]);
  });

  test("those held for a reason are listed by its code, the oldest first, page by page", async () => {
    await outbox().forward([
      heldOutput(1, "p1"),
      { ...output(2, []), deliveries: [{ ...heldDelivery(2, "p2"), heldFor: otherwise }] },
      heldOutput(3, "p3"),
    ]);
    const [first, ...none] = await outbox().heldFor(why.code, { limit: 1 });
    expect([first?.position, none.length]).toEqual([1, 0]);
    const rest = await outbox().heldFor(why.code, { after: first?.id as DeliveryId, limit: 9 });
    expect(rest.map(({ position }) => position)).toEqual([3]);
  });
}

const why = { code: "channels.codeWithoutRow", text: "A code has no row.", hint: "Add one." };
const otherwise = { ...why, code: "channels.other" };

function heldDelivery(position: number, lane: string): NewDelivery {
  return { ...delivery(lane, position), heldFor: why };
}

function heldOutput(position: number, lane: string): Outputs {
  return { ...output(position, []), deliveries: [heldDelivery(position, lane)] };
}

/** What the entry gives under another revision; its lane is another too, which shall not count. */
function remade(position: number, changes: Partial<NewDelivery>): Outputs {
  const { facts } = output(position, []);
  const deliveries = [{ ...delivery("elsewhere", position), ...changes }];
  return { facts: { ...facts, revision: "h-new" }, deliveries };
}

function body(text: string): NewDelivery["body"] {
  return phi(packBody(JSON.stringify(text)));
}
