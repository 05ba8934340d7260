import { createMapper } from "@trestle/mapping";
import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { differencesOf, loadCases } from "../src/index.ts";
import { isAsExpected, mappingSiteOf, runCase } from "../src/mapping.ts";
import { type Files, type Folder, integrationIn, small, smallFolder } from "./folder.ts";

let folder: Folder | undefined;
afterEach(() => folder?.remove());

const message = [
  "MSH|^~\\&|EHR|HH|TRESTLE|TRESTLE|20260115103015||ADT^A08|7|T|2.5.1",
  "PID|1||900001^^^HH^MR||BEAM^ADA||19800115|F",
  "",
].join("\n");

const cases = "sites/harbor/cases";
const named = (expect: string, more = "") =>
  `given: a.hl7\nexpect: ${expect}\nbecause: The name stays.\n${more}`;

/** Runs the cases of the small folder with these files. */
async function run(files: Files) {
  folder = smallFolder(files);
  const integration = await integrationIn(folder.path);
  const loaded = await loadCases(integration);
  const results = loaded.cases.flatMap((one) => {
    const site = integration.sites.get(one.site);
    return site === undefined
      ? []
      : [
          runCase(one, {
            mapper: createMapper(),
            integration,
            site,
            mappingSite: mappingSiteOf(site),
          }),
        ];
  });
  return { results, problems: loaded.problems };
}

/** What the case gives, once accepted. */
async function accepted(more: string): Promise<Files> {
  const { results } = await run({
    [`${cases}/a.yaml`]: named("a.json"),
    [`${cases}/a.hl7`]: message,
  });
  folder?.remove();
  return {
    [`${cases}/a.yaml`]: named("a.json", more),
    [`${cases}/a.hl7`]: message,
    [`${cases}/a.json`]: results[0]?.actual ?? "",
  };
}

/** The small site has no tables of its own, so what it cannot know is a warning. */
async function warningsNow(): Promise<string> {
  const { results } = await run({
    [`${cases}/a.yaml`]: named("a.json"),
    [`${cases}/a.hl7`]: message,
  });
  folder?.remove();
  return `warnings: [${(results[0]?.otherWarnings ?? []).join(", ")}]\n`;
}

describe("the cases of a site", () => {
  test("come out as they say", async () => {
    const { results, problems } = await run(await accepted(await warningsNow()));
    expect(problems).toEqual([]);
    expect(results.map(isAsExpected)).toEqual([true]);
  });

  test("tell each value that is otherwise", async () => {
    const files = await accepted(await warningsNow());
    const changed = String(files[`${cases}/a.json`]).replace('"female"', '"male"');
    const { results } = await run({ ...files, [`${cases}/a.json`]: changed });
    expect(results[0]?.differences).toEqual([
      { path: expect.stringMatching(/gender$/u), expected: '"male"', actual: '"female"' },
    ]);
  });

  test("tell warnings that nobody expects", async () => {
    const { results } = await run(await accepted("warnings: [mapping.somethingElse]\n"));
    expect(results.map(isAsExpected)).toEqual([false]);
    expect(results[0]?.otherWarnings).not.toContain("mapping.somethingElse");
  });

  test("tell a message that cannot be read", async () => {
    const files = await accepted("");
    const { results } = await run({ ...files, [`${cases}/a.hl7`]: "no message" });
    expect(results[0]?.problem?.code).toBe("hl7v2.noHeader");
  });

  test("tell a message that a hub would not take for their site", async () => {
    const files = await accepted(await warningsNow());
    const { results } = await run({
      ...files,
      "sites/harbor/site.yaml": `${small["sites/harbor/site.yaml"]}        sendingFacilities: [OTHER]\n`,
    });
    expect(results[0]?.problem).toMatchObject({ code: "integration.senderOfNoFeed", at: "MSH-4" });
    expect(results.map(isAsExpected)).toEqual([false]);
  });

  test("tell a message that has more than the folder's settings let it have", async () => {
    const files = await accepted("");
    const settings = `${small["trestle.yaml"]}messages: { maxSegments: 10 }\n`;
    const long = message + "NK1|1\n".repeat(9);
    const { results } = await run({
      ...files,
      "trestle.yaml": settings,
      [`${cases}/a.hl7`]: long,
    });
    expect(results[0]?.problem).toMatchObject({
      code: "hl7v2.tooManySegments",
      hint: expect.stringContaining("Raise maxSegments (under messages in trestle.yaml)"),
    });
  });

  test.each([
    { what: "no such message", files: { a: named("a.json") }, code: "integration.noCaseFile" },
    {
      what: "an unknown key",
      files: { a: `${named("a.json")}gives: x\n` },
      code: "config.unknownKey",
    },
    {
      what: "a name that leads out of the folder",
      files: { a: named("../a.json") },
      code: "config.invalidValue",
    },
  ])("with $what are a problem with a place, and stop no hub", async ({ files, code }) => {
    const { problems, results } = await run({ [`${cases}/a.yaml`]: files.a });
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(problems[0]?.file).toBe(`${cases}/a.yaml`);
    expect(results).toEqual([]);
  });

  test("name every file beside them", async () => {
    const { problems } = await run({ [`${cases}/lost.hl7`]: message });
    expect(problems.map(({ code, file }) => [code, file])).toEqual([
      ["integration.unusedCaseFile", `${cases}/lost.hl7`],
    ]);
  });
});

describe("two results", () => {
  test.each([
    { one: '{"a":6.10}', other: '{"a":6.1}', paths: ["a"] },
    { one: '{"a":1,"b":2}', other: '{"b":2,"a":1}', paths: [] },
    { one: '{"a":[1,2]}', other: '{"a":[2,1]}', paths: ["a[0]", "a[1]"] },
    { one: '{"a":{"b":[]}}', other: '{"a":{"b":[1]}}', paths: ["a.b", "a.b[0]"] },
    { one: '{"a":"1"}', other: '{"a":1}', paths: ["a"] },
  ])("$one against $other differ at $paths", ({ one, other, paths }) => {
    expect(differencesOf(one, other).map(({ path }) => path)).toEqual(paths);
  });

  test("differ from nothing that is the same", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(differencesOf(text, text)).toEqual([]);
      }),
    );
  });
});
