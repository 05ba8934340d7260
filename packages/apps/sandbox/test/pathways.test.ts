import { TrestleError } from "@trestle/base";
import { expect, test } from "vitest";
import { loadPathways, pathwayFolder } from "../src/index.ts";
import { stepKinds } from "../src/life/pathway.ts";
import { folderWith } from "./support/folder.ts";

test("the pathways that come with the sandbox are good, and use every kind of step", async () => {
  const pathways = await loadPathways(pathwayFolder);
  const used = new Set(pathways.flatMap(({ steps }) => steps.map((step) => step.do)));
  // Everybody is registered before the first pathway.
  expect(stepKinds.filter((kind) => !used.has(kind))).toEqual(["register"]);
});

test("a folder's pathways are read in the order of their names, other files passed over", async () => {
  const folder = folderWith({
    "b.yaml": "title: Second\nweight: 1\nsteps: [{ do: book }]\n",
    "a.yaml": "title: First\nweight: 0\nsteps: [{ do: update, after: 2h..3d }]\n",
    "notes.txt": "not a pathway",
  });
  const pathways = await loadPathways(folder);
  expect(pathways.map(({ title }) => title)).toEqual(["First", "Second"]);
  expect(pathways[0]?.steps[0]?.after).toEqual({ least: 120, most: 4320 });
});

test.each([
  { line: "  - { do: addmit }", at: "4:11", says: "Did you mean “admit”?" },
  { line: "  - { do: book, afer: 1h }", at: "4:17", says: "Did you mean “after”?" },
  { line: "  - { do: book, after: soon }", at: "4:24", says: "must be a time such as 10m" },
  { line: "  - { do: book, after: 10h..2h }", at: "4:24", says: "must not end before it begins" },
  { line: "  - { do: book, chance: 2 }", at: "4:25", says: "must be at most 1" },
  { line: "  - { do: book, times: 0 }", at: "4:24", says: "must be at least 1" },
  {
    line: "  - { do: order, what: blod-count }",
    at: "4:24",
    says: "must be one of hemoglobin-a1c",
  },
  { line: "  - { do: transfer, what: LCIM }", at: "4:27", says: "must be one of 4W, 5E, ICU" },
  { line: "  - { do: result, what: troponin }", at: "4:25", says: "has no meaning for “result”" },
])("$line is refused at $at", async ({ line, at, says }) => {
  const text = `title: T\nweight: 1\nsteps:\n${line}\n`;
  const complaint = await complaintAbout({ "odd.yaml": text });
  expect(complaint).toContain(`odd.yaml:${at}  `);
  expect(complaint).toContain(says);
});

test("every problem of every file is told at once, with its file and line", async () => {
  const complaint = await complaintAbout({
    "one.yaml":
      "weight: -1\nsteps:\n  - { do: book, after: 1w, what: LED }\n  - { do: order, times: 0, what: x }\n",
    "two.yaml": "title: T\nweight: 1\nsteps: []\n",
    "three.yaml": "title: [\n",
    "good.yaml": "title: T\nweight: 1\nsteps: [{ do: book }]\n",
  });
  const places = [...complaint.matchAll(/^(?<place>\w+\.yaml:\d+):/gmu)];
  expect(places.map(({ groups }) => groups?.["place"]).toSorted(byText)).toEqual([
    "one.yaml:1",
    "one.yaml:1",
    "one.yaml:3",
    "one.yaml:3",
    "one.yaml:4",
    "one.yaml:4",
    "three.yaml:1",
    "two.yaml:3",
  ]);
});

test.each([
  { files: {}, says: "No pathway here has a weight above 0." },
  {
    files: { "a.yaml": "title: T\nweight: 0\nsteps: [{ do: book }]\n" },
    says: "No pathway here has a weight above 0.",
  },
])("a folder in which nothing can be chosen is refused", async ({ files, says }) => {
  expect(await complaintAbout(files)).toContain(says);
});

test("a folder that is not there is refused", async () => {
  expect(await complaintOf(loadPathways("no such folder"))).toContain("The folder cannot be read.");
});

function byText(one = "", other = ""): number {
  return one.localeCompare(other);
}

function complaintAbout(files: Readonly<Record<string, string>>): Promise<string> {
  return complaintOf(loadPathways(folderWith(files)));
}

async function complaintOf(loading: Promise<unknown>): Promise<string> {
  const error = await loading.catch((thrown: unknown) => thrown);
  if (!(error instanceof TrestleError)) throw new TypeError("it was not refused as it should be");
  expect(error.code).toBe("sandbox.pathwaysNotReadable");
  return String(error.facts["problems"]);
}
