import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { knowledgeFiles } from "../knowledge/knowledge.ts";

const source = new URL("../src/", import.meta.url);

test("what is committed is what the script writes", () => {
  const files = knowledgeFiles();
  const differing = [...files].filter(
    ([path, text]) => readFileSync(new URL(path, source), "utf8") !== text,
  );
  expect(differing.map(([path]) => path)).toEqual([]);
  const committed = ["knowledge/data/", "knowledge/places/"].flatMap((folder) =>
    readdirSync(new URL(folder, source)).map((name) => `${folder}${name}`),
  );
  expect(committed.toSorted()).toEqual([...files.keys()].toSorted());
});
