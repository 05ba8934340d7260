import { array, assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { maskFhir } from "../src/masking-fhir.ts";
import { maskTree, maskWire } from "../src/masking.ts";
import { wireText } from "../src/wire-text.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("masked wire text", () => {
  test.each([
    {
      what: "the header stays",
      given: "MSH|^~\\&|HOSP|LAKE|APP|APP|20260102103015||ADT^A08|M-1|P|2.5.1",
      shown: "MSH|^~\\&|HOSP|LAKE|APP|APP|20260102103015||ADT^A08|M-1|P|2.5.1",
    },
    {
      what: "a patient's fields keep their shape alone",
      given: "PID|1||E90001^^^EPI~77^^^X&Y||O'Brien^Zoë^Test||19800229|F",
      shown: "PID|1||••••••^^^•••~••^^^•&•||•'•••••^•••^••••||••••••••|•",
    },
    {
      what: "a result is hidden, what was asked for is not",
      given: "OBX|1|NM|4548-4^HbA1c^LN||6.1|%|4.0-5.6|H|||F",
      shown: "OBX|1|NM|4548-4^HbA1c^LN||•.•|%|•.•-•.•|•|||F",
    },
    { what: "a note is hidden", given: "NTE|1|L|felt dizzy", shown: "NTE|1|L|•••• •••••" },
    { what: "order control stays", given: "ORC|NW|123^EPC||9|SC", shown: "ORC|NW|•••^•••||•|SC" },
    {
      what: "a visit's names are hidden",
      given: "PV1|1|I|4W^12||||1^Grey^Orla",
      shown: "PV1|1|I|4W^12||||•^••••^••••",
    },
    { what: "a segment nobody knows is hidden", given: "ZPD|1|Ada", shown: "ZPD|•|•••" },
    { what: "a line that is no segment is hidden", given: "Ada Beam 1980", shown: "••• •••• ••••" },
    {
      what: "other separators are honoured",
      given: "MSH#*~\\&#A\nPID#1##77*x",
      shown: "MSH#*~\\&#A\nPID#1##••*•",
    },
  ])("$what", ({ given, shown }) => {
    expect(maskWire(given)).toBe(shown);
  });

  test("has the length and the separators of the open text, and no letter of a patient segment", () => {
    assert(
      property(array(string({ unit: "grapheme" })), (values) => {
        const text = `PID|1|${values.map((value) => value.replaceAll(/[\r\n|]/gu, "")).join("|")}`;
        const masked = maskWire(text);
        expect(Array.from(masked)).toHaveLength(Array.from(text).length);
        expect(masked.split("|")).toHaveLength(text.split("|").length);
        expect(masked.slice(6)).not.toMatch(/[\p{L}\p{N}\p{M}]/u);
      }),
    );
  });
});

test("a masked tree shows readable fields and the shape of the others", () => {
  const leaf = (at: string, text: string) => ({ at, label: "", text, children: [] });
  const tree = [
    { ...leaf("PID", ""), children: [leaf("PID-1", "1"), leaf("PID-5[1].1", "Beam")] },
    { ...leaf("OBX[2]", ""), children: [leaf("OBX[2]-2", "NM"), leaf("OBX[2]-5", "6.1")] },
  ];
  const texts = maskTree(tree).flatMap(({ children }) => children.map(({ text }) => text));
  expect(texts).toEqual(["1", "••••", "NM", "•.•"]);
});

describe("masked FHIR", () => {
  test("of a patient keeps types, ids and systems, and hides who it is", () => {
    const patient = {
      resourceType: "Patient",
      id: "1",
      identifier: [
        { use: "usual", system: "urn:id:mrn", value: "900001", type: { coding: [{ code: "MR" }] } },
      ],
      name: [{ family: "Beam", given: ["Ada"] }],
      gender: "female",
      birthDate: "1980-02-29",
      deceasedBoolean: false,
      maritalStatus: { coding: [{ system: "urn:m", code: "W", display: "Widowed" }] },
    };
    expect(
      maskFhir({ resourceType: "Bundle", type: "collection", entry: [{ resource: patient }] }),
    ).toEqual({
      resourceType: "Bundle",
      type: "collection",
      entry: [
        {
          resource: {
            ...patient,
            identifier: [
              {
                use: "usual",
                system: "urn:id:mrn",
                value: "••••••",
                type: { coding: [{ code: "MR" }] },
              },
            ],
            name: [{ family: "••••", given: ["•••"] }],
            gender: "••••••",
            birthDate: "••••-••-••",
            maritalStatus: { coding: [{ system: "urn:m", code: "•", display: "•••••••" }] },
          },
        },
      ],
    });
  });

  test("of an observation keeps what was asked, and hides what was found", () => {
    const coding = { system: "http://loinc.org", code: "4548-4", display: "HbA1c" };
    const subject = { reference: "urn:uuid:1", display: "Beam, Ada" };
    const observation = {
      resourceType: "Observation",
      status: "final",
      code: { coding: [coding], text: "HbA1c" },
      subject,
      valueQuantity: { value: 6.1, unit: "%" },
      interpretation: [{ coding: [{ system: "urn:i", code: "H", display: "High" }] }],
    };
    expect(maskFhir(observation)).toMatchObject({
      status: "final",
      code: { coding: [coding], text: "•••••" },
      subject: { reference: "urn:uuid:1", display: "••••, •••" },
      valueQuantity: { value: "•.•" },
      interpretation: [{ coding: [{ code: "•", display: "••••" }] }],
    });
  });

  test("of a drug keeps its code, and hides what else was ordered", () => {
    const coding = { system: "http://rxnorm.example", code: "1", display: "Vancomycin" };
    const strength = { numerator: { value: 2, unit: "g" } };
    const drug = {
      resourceType: "Medication",
      code: { coding: [coding], text: "Vancomycin for Beam" },
      ingredient: [{ itemCodeableConcept: { coding: [coding] }, strength }],
    };
    expect(maskFhir(drug)).toMatchObject({
      code: { coding: [coding], text: "•••••••••• ••• ••••" },
      ingredient: [{ strength: { numerator: { value: "•" } } }],
    });
  });

  test("of an organization stays whole", () => {
    const organization = { resourceType: "Organization", name: "Lakeshore" };
    expect(maskFhir(organization)).toEqual(organization);
  });
});

describe("wire text", () => {
  test.each([
    {
      what: "segments stand on lines",
      given: bytes("MSH|^~\\&\rPID|1\r"),
      shown: "MSH|^~\\&\nPID|1",
    },
    {
      what: "control characters become pictures",
      given: bytes("\u000BGET /\u001C\u007F"),
      shown: "␋GET /␜␡",
    },
    {
      what: "bytes that are no UTF-8 are read as windows-1252",
      given: Uint8Array.of(0x5a, 0xeb),
      shown: "Zë",
    },
    {
      what: "an unknown character set is read byte by byte",
      given: Buffer.from(`MSH|^~\\&|${"|".repeat(14)}KLINGON|\xeb`, "latin1"),
      shown: `MSH|^~\\&|${"|".repeat(14)}KLINGON|ë`,
    },
  ])("$what", ({ given, shown }) => {
    expect(wireText(given)).toBe(shown);
  });
});
