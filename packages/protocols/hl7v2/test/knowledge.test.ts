import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { knowledgeFiles } from "../knowledge/knowledge.ts";
import { segmentDefinition, segmentNames, versions } from "../src/knowledge/index.ts";

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

test("a field that only one version requires is one of these, for that is how slips look", () => {
  // What the source of the data says, without what was found wrong in it. A new line here is to be
  // looked up in the standard of that version before it is added.
  expect(requiredInOneVersion()).toEqual([
    "AIL-3 in 2.3",
    "FT1-14 in 2.2",
    "NK1-7 in 2.3",
    "NTE-3 in 2.1",
    "OBR-7 in 2.1",
    "OBR-8 in 2.1",
    "OBR-9 in 2.1",
    "OBR-14 in 2.1",
    "OBR-22 in 2.1",
    "OBX-5 in 2.1",
    "OM1-3 in 2.2",
    "OM1-6 in 2.2",
    "OM1-9 in 2.2",
    "OM1-19 in 2.2",
    "OM1-22 in 2.2",
    "OM2-6 in 2.2",
    "OM3-7 in 2.3",
    "PRC-2 in 2.3",
    "PV1-3 in 2.1",
    "RXE-15 in 2.2",
    "RXG-2 in 2.3",
    "SCH-1 in 2.3",
  ]);
});

/** Fields that several versions have and one requires. */
function requiredInOneVersion(): readonly string[] {
  return segmentNames().flatMap((name) => {
    const fields = segmentDefinition(name, "2.9")?.parts ?? [];
    return fields.flatMap(({ number }) => {
      const known = versions.filter((version) => usageIn(version, name, number) !== undefined);
      const requiring = known.filter((version) => usageIn(version, name, number) === "required");
      const isOdd = requiring.length === 1 && known.length > 1;
      return isOdd ? [`${name}-${number} in ${requiring[0] ?? ""}`] : [];
    });
  });
}

function usageIn(version: (typeof versions)[number], name: string, number: number) {
  const part = segmentDefinition(name, version)?.parts[number - 1];
  return part?.laterThan === undefined ? part?.usage : undefined;
}
