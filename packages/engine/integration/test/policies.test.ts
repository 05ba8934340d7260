import { printProblems } from "@trestle/config";
import { afterEach, describe, expect, test } from "vitest";
import { loadIntegration } from "../src/index.ts";
import { type Folder, small, smallFolder } from "./folder.ts";

let folder: Folder | undefined;
afterEach(() => folder?.remove());

const file = "sites/harbor/site.yaml";

/** The small folder with what a site, and every site, says about codes without a row. */
async function load(ofSite: string, ofAll?: string) {
  const text = ofSite === "" ? "" : `codeTables:\n  ${ofSite}\n`;
  const everywhere = `title: App\ndefaults:\n  codeTables:\n    ${ofAll}\n`;
  folder = smallFolder({
    [file]: `${small[file]}${text}`,
    ...(ofAll === undefined ? {} : { "integration.yaml": everywhere }),
  });
  return loadIntegration(folder.path);
}

const loinc = "system: http://loinc.org, code: 26436-6";

test("a site says for each table what becomes of a code without a row, over what holds everywhere", async () => {
  const loaded = await load(
    `gender: { unmapped: hold }\n  observation-code: { unmapped: default, ${loinc} }`,
    "gender: { unmapped: pass }\n    units: { unmapped: hold }",
  );
  if (!loaded.ok) throw new Error(printProblems(loaded.problems));
  expect(loaded.integration.sites.get("harbor")?.unmapped).toEqual(
    new Map<string, unknown>([
      ["gender", { unmapped: "hold" }],
      ["units", { unmapped: "hold" }],
      [
        "observation-code",
        { unmapped: "default", system: "http://loinc.org", code: "26436-6", display: "" },
      ],
    ]),
  );
});

test("a site may turn off a default that holds everywhere, with what stands in for codes", async () => {
  const everywhere = `observation-code: { unmapped: default, ${loinc} }`;
  const loaded = await load("observation-code: { unmapped: pass }", everywhere);
  expect(loaded).toMatchObject({ ok: true });
});

describe("a policy is a problem at its place where", () => {
  test.each([
    {
      what: "there is no such table",
      ofSite: "observaton-code: { unmapped: hold }",
      says: `${file}:11:3  There is no table “observaton-code”.\n  Did you mean “observation-code”?`,
    },
    {
      what: "the table never tells of codes without a row",
      ofSite: "specimen-type: { unmapped: hold }",
      says: `${file}:11:3  A code without a row is nothing unusual in the table specimen-type`,
    },
    {
      what: "the policy is none",
      ofSite: "gender: { unmapped: helt }",
      says: `${file}:11:23  “codeTables.gender.unmapped” is none of the possible values.\n  Did you mean “hold”?`,
    },
    {
      what: "nothing stands in",
      ofSite: "gender: { unmapped: default }",
      says: `${file}:11:3  “codeTables.gender.system” is needed where unmapped is default`,
    },
    {
      what: "what stands in cannot be a code of its system",
      ofSite: "observation-code: { unmapped: default, system: http://loinc.org, code: 26436-7 }",
      says: `${file}:11:74  “26436-7” cannot be a code of LOINC.`,
    },
    {
      what: "it is none of FHIR's own codes",
      ofSite:
        "gender: { unmapped: default, system: http://hl7.org/fhir/administrative-gender, code: x }",
      says: `${file}:11:89  “x” is none of FHIR's own codes for this.`,
    },
    {
      what: "a unit that stands in is none of UCUM",
      ofSite: "units: { unmapped: default, system: urn:x:units, code: piece }",
      says: `${file}:11:39  Units are codes of UCUM.`,
    },
    {
      what: "a system would stand in for unknown authorities",
      ofSite: "identifiers: { unmapped: default, system: urn:x:any, code: MR }",
      says: `${file}:11:28  A number of an authority that nobody named may be another patient's`,
    },
    {
      what: "a code would never be used",
      ofSite: `observation-code: { unmapped: hold, ${loinc} }`,
      says: `${file}:11:39  This is only used where unmapped is default.`,
    },
    {
      what: "it says nothing of codes without a row",
      ofSite: "gender: {}",
      says: `${file}:11:3  “codeTables.gender.unmapped” is missing.`,
    },
  ])("$what", async ({ ofSite, says }) => {
    const loaded = await load(ofSite);
    expect(loaded.ok ? "" : printProblems(loaded.problems)).toContain(says);
  });
});
