import { afterEach, describe, expect, test } from "vitest";
import { type Folder, integrationIn, problemsIn, smallFolder } from "./folder.ts";

let folder: Folder | undefined;
afterEach(() => folder?.remove());

const file = "sites/harbor/profile.yaml";

describe("a profile that speaks of what there is not is a problem at its place:", () => {
  test.each([
    {
      what: "a segment",
      yaml: "segments:\n  PDI: { usage: required }\n",
      at: "2:3 integration.unknownSegment",
      hint: "Did you mean “PD1”?",
    },
    {
      what: "a segment of one message",
      yaml: "messages:\n  ADT^A08:\n    segments:\n      PVI: {}\n",
      at: "4:7 integration.unknownSegment",
      hint: "Give it a `name`",
    },
    {
      what: "a field",
      yaml: "segments:\n  PV1:\n    fields:\n      '91': { usage: required }\n",
      at: "4:7 integration.unknownField",
      hint: "Correct the number",
    },
    {
      what: "a field of a number that no message reaches",
      yaml: "segments: { PV1: { fields: { '4294967296': { name: Far } } } }\n",
      at: "1:30 config.",
      hint: "",
    },
    {
      what: "a data type",
      yaml: "segments: { ZPD: { fields: { '3': { type: CEW } } } }\n",
      at: "1:43 integration.unknownType",
      hint: "Did you mean “CE”?",
    },
    {
      what: "a code table",
      yaml: "segments: { PID: { fields: { '8': { table: '9998' } } } }\n",
      at: "1:44 integration.unknownTable",
      hint: "`only`",
    },
    {
      what: "a code table to add to",
      yaml: "tables: { '9998': { add: [A] } }\n",
      at: "1:11 integration.unknownTable",
      hint: "`only`",
    },
    {
      what: "codes of a field that is none",
      yaml: "segments: { PID: { fields: { '3': { codes: [A] } } } }\n",
      at: "1:44 integration.codesOfParts",
      hint: "CWE",
    },
    {
      what: "all codes of a table, and some more",
      yaml: "tables: { '0001': { only: [A], add: [B] } }\n",
      at: "1:37 integration.addBesideOnly",
      hint: "under `only`",
    },
    {
      what: "a type without codes over a wider part's codes",
      yaml: "segments: { PID: { fields: { '8': { codes: [F] } } } }\nmessages: { ADT: { segments: { PID: { fields: { '8': { type: CX } } } } } }\n",
      at: "2:62 integration.codesOfParts",
      hint: "CWE",
    },
    {
      what: "a field that only a closer part names",
      yaml: "segments: { PID: { fields: { '99': { maxLength: 3 } } } }\nmessages: { ADT: { segments: { PID: { fields: { '99': { name: Added } } } } } }\n",
      at: "1:30 integration.unknownField",
      hint: "`name`",
    },
  ])("$what", async ({ yaml, at, hint }) => {
    folder = smallFolder({ [file]: yaml });
    const problems = await problemsIn(folder.path);
    expect(problems).toMatchObject([{ file, hint: expect.stringContaining(hint) }]);
    const [first] = problems;
    expect(`${first?.line}:${first?.column} ${first?.code}`).toContain(at);
  });
});

test("a profile may speak of what only the site has, once it says what that is", async () => {
  const yaml = `
segments:
  ZPD: { fields: { "4": { codes: [A, B] } } }
  QQ1: { name: Our own, fields: { "1": { name: First, type: CWE, codes: [A] } } }
  PID: { fields: { "99": { name: Added, table: "9998" }, "8": { codes: [F, M] } } }
messages:
  ADT^A08: { segments: { QQ1: { usage: required }, PV1: { fields: { "2": { table: "0001" } } } } }
tables:
  "9998": { only: [A, B] }
  "0001": { add: [X] }
`;
  folder = smallFolder({ [file]: yaml });
  const { sites } = await integrationIn(folder.path);
  expect(sites.get("harbor")?.profile.tables).toHaveProperty("9998");
});

test.each([
  {
    what: "a segment that the family names",
    family: "QQ1: { name: Our own }",
    type: "QQ1: { usage: required }",
  },
  {
    what: "a field that the family names",
    family: "PID: { fields: { '99': { name: Added } } }",
    type: "PID: { fields: { '99': { usage: required } } }",
  },
  {
    what: "codes of a field whose type the family says",
    family: "PID: { fields: { '3': { type: CWE } } }",
    type: "PID: { fields: { '3': { codes: [A] } } }",
  },
  {
    what: "a field that every message has",
    segments: "PV1: { fields: { '91': { name: Added, type: CWE } } }",
    type: "PV1: { fields: { '91': { codes: [A], usage: required } } }",
  },
])(
  "a closer part may build on a wider one: $what",
  async ({ segments = "", family = "", type }) => {
    const yaml = `
segments: { ${segments} }
messages:
  ADT: { segments: { ${family} } }
  ADT^A01: { segments: { ${type} } }
`;
    folder = smallFolder({ [file]: yaml });
    const { sites } = await integrationIn(folder.path);
    expect(sites.get("harbor")?.profile.messages).toHaveProperty("ADT^A01");
  },
);
