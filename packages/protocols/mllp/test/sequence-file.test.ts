import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@trestle/testkit";
import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { openSequenceFile } from "../src/index.ts";

const folders: ReturnType<typeof temporaryFolder>[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

describe("a file of numbers", () => {
  test("keeps them over a restart, whatever was written at the same time", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            link: fc.constantFrom("a", "b", "__proto__"),
            number: fc.integer({ min: 1 }),
          }),
          { minLength: 1 },
        ),
        async (writes) => {
          const file = newFile();
          const store = await openSequenceFile(file);
          await Promise.all(writes.map(({ link, number }) => store.write(link, number)));
          const again = await openSequenceFile(file);
          for (const link of ["a", "b", "__proto__"]) {
            const last = writes.findLast((write) => write.link === link)?.number;
            expect(await again.read(link)).toBe(last);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test("takes no more links than it may", async () => {
    const file = newFile();
    const store = await openSequenceFile(file, 1);
    await store.write("a", 1);
    await expect(store.write("b", 1)).rejects.toMatchObject({
      code: "mllp.tooManyLinks",
    });
    await store.write("a", 7);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual([["a", 7]]);
  });

  test.each(["no json", '[["a",-4]]', '[["a",4,1]]', "[1]"])(
    "that holds %s is not taken for empty",
    async (text) => {
      const file = newFile();
      writeFileSync(file, text);
      await expect(openSequenceFile(file)).rejects.toMatchObject({ code: "mllp.sequenceNotKept" });
    },
  );

  test("that cannot be written keeps the number before", async () => {
    const folder = temporaryFolder();
    folders.push(folder);
    const store = await openSequenceFile(join(folder.path, "numbers.json"));
    await store.write("a", 1);
    folder.remove();
    await expect(store.write("a", 2)).rejects.toMatchObject({
      code: "mllp.sequenceNotKept",
    });
    expect(await store.read("a")).toEqual(1);
  });
});

function newFile(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return join(folder.path, "numbers.json");
}
