import { afterEach, describe, expect, test } from "vitest";
import { type Folder, integrationIn, problemsIn, smallFolder } from "./folder.ts";

let folder: Folder | undefined;
afterEach(() => folder?.remove());

const reason = "reason: Nobody looks at it.";

describe("a rule about harmless differences is a problem at its place where", () => {
  test.each([
    {
      what: "a type is none",
      rule: `{ path: Observaton.code, ${reason} }`,
      at: "1:21 integration.unknownType",
    },
    {
      what: "an element is none",
      rule: `{ path: Observation.code.codin, ${reason} }`,
      at: "1:21 integration.unknownElement",
    },
    {
      what: "a table is none",
      rule: `{ path: Observation.code, table: gendr, ${reason} }`,
      at: "1:46 integration.unknownTable",
    },
    {
      what: "a site is none",
      rule: `{ path: Observation.code, site: harbr, ${reason} }`,
      at: "1:45 integration.unknownSite",
    },
    {
      what: "its path leaves everything open",
      rule: `{ path: "**", ${reason} }`,
      at: "1:21 config.",
    },
    {
      what: "its reason is a word",
      rule: "{ path: Observation.code, reason: ok }",
      at: "1:47 config.",
    },
    {
      what: "its day is none",
      rule: `{ path: Observation.code, until: 2026-02-30, ${reason} }`,
      at: "1:46 config.",
    },
  ])("$what", async ({ rule, at }) => {
    folder = smallFolder({ "what-if.yaml": `harmless: [ ${rule} ]\n` });
    const [first, ...rest] = await problemsIn(folder.path);
    expect(rest).toEqual([]);
    expect(`${first?.file} ${first?.line}:${first?.column} ${first?.code}`).toContain(
      `what-if.yaml ${at}`,
    );
  });
});

test("rules about harmless differences name elements, problems, destinations and tables", async () => {
  const rules = [
    "path: Observation.code.coding.**",
    "path: Patient.contained.name, table: gender, site: harbor, until: 2026-12-31",
    "path: Patient._birthDate.extension.url, kind: added",
    "path: mapping.unmappedCode, kind: newWarning",
    "path: app, kind: goneRoute",
  ];
  const lines = rules.map((rule) => `  - { ${rule}, ${reason} }\n`);
  folder = smallFolder({ "what-if.yaml": `harmless:\n${lines.join("")}` });
  const { harmless } = await integrationIn(folder.path);
  expect(harmless.map(({ path }) => path)).toHaveLength(rules.length);
});
