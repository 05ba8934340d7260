import { seededRandom } from "@trestle/base";
import { type Journal, openMemoryJournal } from "@trestle/journal";
import {
  type MllpHandlers,
  type ReceivedMessage,
  type Reply,
  connectMllp,
  listen,
  memorySequenceStore,
  mllpListener,
} from "@trestle/mllp";
import { FakeClock } from "@trestle/testkit";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Outcomes, receive } from "../src/index.ts";
import { codeOf, doorTo, frame, message } from "./at-the-door.ts";
import { entriesOf, linkOrder } from "./numbered.ts";

/** What goes wrong with one try of a message. */
const faults = [
  "the connection ends before it is taken",
  "the connection ends before its answer",
  "there is no room",
  "it cannot be stored",
  "its outcome is late",
] as const;
type Fault = (typeof faults)[number];

/** What goes wrong with the tries of a message, and whether its sender gives it up behind them. */
const plannedMessage = fc.record({
  tries: fc.array(fc.constantFrom(...faults), { maxLength: 3 }),
  isGivenUp: fc.boolean(),
});

test("whatever goes wrong between a sender and a receiver that number, what is taken is stored once and in order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(plannedMessage, { minLength: 1, maxLength: 6 }), async (planned) => {
      const journal = openMemoryJournal();
      const plan = planned.flatMap(({ tries, isGivenUp }) =>
        isGivenUp ? tries : [...tries, undefined],
      );
      const listener = await listen(mllpListener.parse({ port: 0 }), faultyReceiver(journal, plan));
      const taken = await sendAll(listener.port, planned);
      await listener.close();
      const kept = (await entriesOf(journal)).map(({ controlId }) => controlId);
      expect(kept).toEqual([...new Set(kept)].toSorted());
      expect(kept).toEqual(expect.arrayContaining([...taken]));
    }),
    { numRuns: 60 },
  );
});

/** @returns The control ids of those that were said to be taken. */
async function sendAll(
  port: number,
  planned: readonly { tries: readonly Fault[]; isGivenUp: boolean }[],
): Promise<readonly string[]> {
  const client = connectMllp({
    host: "127.0.0.1",
    port,
    reconnect: { firstDelayMs: 1 },
    random: seededRandom(1),
    sequence: { store: memorySequenceStore(), link: "link" },
  });
  const taken: string[] = [];
  for (const [index, { tries, isGivenUp }] of planned.entries()) {
    const id = `m${index}`;
    let left = tries.length + (isGivenUp ? 0 : 1);
    for (; left > 0 && taken.at(-1) !== id; left -= 1) {
      // Each try has another MSH-7.
      const text = message({ id, at: `2026011510300${left}` });
      const answer = await client.send(Buffer.from(text)).catch(() => undefined);
      if (codeOf(answer) === "AA") taken.push(id);
    }
  }
  await client.close();
  return taken;
}

/** A receiver with what goes wrong at each message that has a number of its own. */
function faultyReceiver(journal: Journal, planned: readonly (Fault | undefined)[]): MllpHandlers {
  const plan = [...planned];
  const links = linkOrder();
  const full = { code: "hub.diskFull", text: "The disk is full.", hint: "Free space." };
  const onMessage = async ({ payload }: ReceivedMessage): Promise<Reply> => {
    const text = Buffer.from(payload).toString();
    const fault = text.includes("|ADT^A08|SEQ") ? undefined : plan.shift();
    const clock = new FakeClock();
    const find = () => Promise.resolve(undefined);
    const outcomes = new Outcomes({ clock, timeoutMs: 1000, maxWaiting: 1, find });
    const isLate = fault === "its outcome is late";
    const isFailing = fault === "it cannot be stored";
    const append: Journal["append"] = (entry, counted) =>
      isFailing ? Promise.reject(new Error("disk full")) : journal.append(entry, counted);
    const door = {
      ...doorTo({ ...journal, append }, isLate ? "processed" : "stored"),
      closedBecause: () => (fault === "there is no room" ? full : undefined),
      links,
      outcomes,
    };
    if (fault === "the connection ends before it is taken") throw new Error("gone");
    const reply = await receive(door, frame(text));
    if (fault === "the connection ends before its answer") throw new Error("gone");
    if (isLate) clock.advance(1000);
    return reply;
  };
  return { onMessage, onProblem: async () => undefined };
}
