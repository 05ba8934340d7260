import { type Journal, beginning } from "@trestle/journal";
import { LinkOrder, receive } from "../src/index.ts";
import { doorTo, frame, message } from "./at-the-door.ts";

/** Of invented messages: MSH-3 and MSH-4. */
export const link = { listener: "hospital", sender: '["S","SF"]' };

export function linkOrder(maxLinks = 9): LinkOrder {
  return new LinkOrder({ listener: "hospital", maxLinks });
}

/** A door that looks at numbers. */
export function numberedDoor(journal: Journal) {
  return { ...doorTo(journal), links: linkOrder() };
}

/** Gives the link its last number, by a message of its own. */
export async function give(journal: Journal, sequence: number): Promise<void> {
  const before = message({ id: "before", sequence: `${sequence}` });
  await receive(numberedDoor(journal), frame(before));
}

export function entriesOf(journal: Journal) {
  return journal.read(beginning, { count: 100, bytes: 1e9 });
}
