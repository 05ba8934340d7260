import { openMemoryJournal } from "@trestle/journal";
import { inventedEntry } from "@trestle/journal/conformance";
import { expect, test } from "vitest";
import { watchAppends } from "../src/storage-health.ts";

test("a failed append is a problem until one succeeds", async () => {
  let isFull = true;
  const journal = openMemoryJournal();
  const watched = watchAppends({
    ...journal,
    append: (given) => (isFull ? Promise.reject(new Error("disk full")) : journal.append(given)),
  });
  await expect(watched.journal.append(inventedEntry("a"))).rejects.toThrow("disk full");
  expect(watched.problem()?.code).toBe("hub.notStored");
  isFull = false;
  await watched.journal.append(inventedEntry("a"));
  expect(watched.problem()).toBeUndefined();
});

test("one link too many is refused, and is no problem of the hub", async () => {
  const watched = watchAppends(openMemoryJournal());
  const counted = (sender: string) => ({
    link: { listener: "hospital", sender },
    number: 1,
    maxLinks: 1,
  });
  await watched.journal.append(inventedEntry("a"), counted("a"));
  await expect(watched.journal.append(inventedEntry("b"), counted("b"))).rejects.toMatchObject({
    code: "journal.tooManyLinks",
  });
  expect(watched.problem()).toBeUndefined();
  expect(await watched.journal.lastNumber(counted("a").link)).toEqual({ number: 1, position: 1 });
});
