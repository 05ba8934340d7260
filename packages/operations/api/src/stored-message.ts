import type { Entry, MessageFacts, Position } from "@trestle/journal";
import { readPositiveNumber } from "./cursor.ts";
import type { Dependencies } from "./dependencies.ts";
import { apiErrors } from "./errors.ts";

/** @throws {TrestleError} `api.notFound` */
export async function findEntry(
  messageId: string,
  { journal }: Pick<Dependencies, "journal">,
): Promise<Entry> {
  const position = readPositiveNumber(messageId);
  const entry = position === undefined ? undefined : await journal.get(position as Position);
  if (entry === undefined) throw apiErrors.notFound();
  return entry;
}

/** What processing made of an entry; of one that still waits, what the door knew. */
export async function factsOf(
  entry: Entry,
  { outbox }: Pick<Dependencies, "outbox">,
): Promise<MessageFacts> {
  const after = (entry.position - 1) as Position;
  const before = (entry.position + 1) as Position;
  const [facts] = await outbox.messages({ after, before, limit: 1 });
  if (facts !== undefined) return facts;
  const { raw: _raw, remote: _remote, ...known } = entry;
  return { ...known, outcome: "notProcessed", warnings: 0 };
}
