import { reveal } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import { createMapper, printBundle } from "@trestle/mapping";
import { afterEach, describe, expect, test } from "vitest";
import { mappingSiteOf, siteMapper } from "../src/mapping.ts";
import {
  type Folder,
  integrationIn,
  printedProblemsIn,
  problemsIn,
  smallFolder,
  writeFiles,
} from "./folder.ts";

let folder: Folder | undefined;
afterEach(() => folder?.remove());

const overlay = "sites/harbor/overlay.yaml";
const text =
  "MSH|^~\\&|EHR|HH|T|T|20260115103015||ADT^A08|7|T|2.5.1\rPID|1||900001^^^HH^MR||BEAM^ADA||19800115|F\rZPD|x|Dot";

async function mapped(directory: string): Promise<string> {
  const integration = await integrationIn(directory);
  const site = integration.sites.get("harbor");
  const message = parseMessage(text);
  if (site === undefined || !message.ok) throw new TypeError("the small folder has no harbor");
  const mapper = siteMapper(createMapper(), { integration, site, message: message.value });
  return printBundle(reveal(mapper.map(message.value, mappingSiteOf(site)).bundle));
}

describe("an overlay", () => {
  test("changes what its site's messages map to", async () => {
    folder = smallFolder({
      [overlay]:
        "segments: { ZPD: patient }\nmaps:\n  patient:\n    - { change: add, row: dot, to: 'name[]', from: ZPD-2, as: HumanName }\n",
    });
    expect(await mapped(folder.path)).toContain('"family":"Dot"');
  });

  test.each([
    {
      what: "a row",
      yaml: "maps:\n  patient:\n    - { change: remove, row: birthDat }\n",
      at: ":3:30",
      hint: "Did you mean “birthDate”?",
    },
    {
      what: "a map",
      yaml: "maps:\n  pateint:\n    - { change: remove, row: x }\n",
      at: ":2:3",
      hint: "Did you mean “patient”?",
    },
    {
      what: "a table",
      yaml: "maps:\n  patient:\n    - { change: replace, row: gender, table: gendr }\n",
      at: ":3:46",
      hint: "Did you mean “gender”?",
    },
    {
      what: "a transform",
      yaml: "transforms: [tidy]\n",
      at: ":1:14",
      hint: "Add one to transforms/.",
    },
    { what: "a group", yaml: "segments: { ZPD: pateint }\n", at: ":1:18", hint: "patient" },
  ])("that names $what that is not there is a problem at its place", async ({ yaml, at, hint }) => {
    folder = smallFolder({ [overlay]: yaml });
    const printed = await printedProblemsIn(folder.path);
    expect(printed).toContain(`${overlay}${at}  `);
    expect(printed).toContain(hint);
  });

  test("reads a field beyond the standard only where the site's profile has it", async () => {
    const yaml = "maps:\n  patient:\n    - { change: replace, row: gender, from: PID-97 }\n";
    folder = smallFolder({ [overlay]: yaml });
    expect(await problemsIn(folder.path)).toMatchObject([
      { file: overlay, line: 3, column: 45, code: "mapping.unknownField" },
    ]);
    writeFiles(folder.path, {
      "sites/harbor/profile.yaml":
        "segments: { PID: { fields: { '97': { name: Own, type: IS } } } }\n",
    });
    expect(await problemsIn(folder.path)).toEqual([]);
  });

  test("may bring a table of the site's own", async () => {
    const yaml = "maps:\n  patient:\n    - { change: replace, row: gender, table: our-gender }\n";
    folder = smallFolder({ [overlay]: yaml });
    expect((await problemsIn(folder.path)).map(({ code }) => code)).toEqual([
      "integration.unknownTable",
    ]);
    writeFiles(folder.path, {
      "sites/harbor/tables/our-gender.csv":
        "local,display,system,code,status,note\nF,,http://hl7.org/fhir/administrative-gender,other,mapped,\n",
    });
    expect(await mapped(folder.path)).toContain('"gender":"other"');
  });

  test("of a site that has no other file is a problem", async () => {
    folder = smallFolder({ "sites/lost/overlay.yaml": "maps: {}\n" });
    expect(await printedProblemsIn(folder.path)).toContain(
      "This site has an overlay, a profile or people and no site.yaml.",
    );
  });
});

describe("a transform", () => {
  const after = (id: string) =>
    `import type { Transform } from "@trestle/mapping";\nexport const transform: Transform = { after: (bundle) => ({ ...bundle, id: "${id}" }) };\n`;

  test("runs for the messages of a channel, and anew when its file changed", async () => {
    const named = { [overlay]: "transforms: [tidy]\n" };
    folder = smallFolder({ ...named, "transforms/tidy.ts": after("first") });
    expect(await mapped(folder.path)).toContain('"id":"first"');
    writeFiles(folder.path, { "transforms/tidy.ts": after("second") });
    expect(await mapped(folder.path)).toContain('"id":"second"');
  });

  test.each([
    {
      what: "that exports nothing",
      code: "export const other = 1;",
      says: "does not export `transform`",
    },
    {
      what: "with a step that is none",
      code: "export const transform = { during() {} };",
      says: "does not export `transform`",
    },
    {
      what: "that fails as it is loaded",
      code: "throw new Error('no licence');",
      says: "Error: no licence",
    },
  ])("$what is a problem of its file", async ({ code, says }) => {
    folder = smallFolder({ "transforms/tidy.ts": code });
    const [problem] = await problemsIn(folder.path);
    expect(problem).toMatchObject({
      file: "transforms/tidy.ts",
      text: expect.stringContaining(says),
    });
  });
});
