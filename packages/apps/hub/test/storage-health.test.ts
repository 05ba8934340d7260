import { phi } from "@trestle/base";
import { type NewEntry, openMemoryJournal } from "@trestle/journal";
import { expect, test } from "vitest";
import { watchAppends } from "../src/storage-health.ts";

test("a failed append is a problem until one succeeds", async () => {
  let isFull = true;
  const journal = openMemoryJournal();
  const watched = watchAppends({
    ...journal,
    append: (given) => (isFull ? Promise.reject(new Error("disk full")) : journal.append(given)),
  });
  await expect(watched.journal.append(entry("a"))).rejects.toThrow("disk full");
  expect(watched.problem()?.code).toBe("hub.notStored");
  isFull = false;
  await watched.journal.append(entry("a"));
  expect(watched.problem()).toBeUndefined();
});

test("one link too many is refused, and is no problem of the hub", async () => {
  const watched = watchAppends(openMemoryJournal());
  const counted = (sender: string) => ({
    link: { listener: "hospital", sender },
    number: 1,
    maxLinks: 1,
  });
  await watched.journal.append(entry("a"), counted("a"));
  await expect(watched.journal.append(entry("b"), counted("b"))).rejects.toMatchObject({
    code: "journal.tooManyLinks",
  });
  expect(watched.problem()).toBeUndefined();
  expect(await watched.journal.lastNumber(counted("a").link)).toEqual({ number: 1, position: 1 });
});

function entry(controlId: string): NewEntry {
  return {
    site: "lakeshore",
    channel: "adt-in",
    revision: "h-000000000000",
    receivedAt: 1_767_225_600_000,
    remote: "127.0.0.1:50000",
    controlId,
    type: "ADT^A08",
    disposition: "accepted",
    answer: "AA",
    raw: phi(Buffer.from(`MSH|^${controlId}`)),
    receivedBytes: 6,
  };
}
