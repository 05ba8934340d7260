import { reveal } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import { expect, test } from "vitest";
import { type UnmappedPolicy, codeTables, createMapper } from "../src/index.ts";

const loinc = { system: "http://loinc.org", code: "26436-6", display: "Laboratory studies" };
const stands = { unmapped: "default", ...loinc } as const;

/** What a result with an unknown test, unit, sex and authority gives under such policies. */
function resultOf(policies: Record<string, UnmappedPolicy>) {
  const message = parseMessage(
    [
      "MSH|^~\\&|EHR|TH|||20260115103015||ORU^R01|1|T|2.5.1",
      "PID|1||900001^^^ODD^MR||BEAM^ADA||19800115|Z",
      "OBR|1|4711^TH||GLU^Glucose^ODDLAB",
      "OBX|1|NM|GLU9^Glucose nine||5.1|lumps|||||F",
      "OBX|2|NM|GLU9^Glucose nine||5.2|mg/dL|||||F",
    ].join("\r"),
  );
  if (!message.ok) throw new Error(message.problem.text);
  const unmapped = new Map(Object.entries(policies));
  const site = { id: "harbor", timeZone: "UTC", tables: codeTables(new Map()), unmapped };
  const mapper = createMapper();
  // Twice, for what was remembered must not hide it.
  mapper.map(message.value, site);
  const mapped = mapper.map(message.value, site);
  const explained = mapper.explain(message.value, site);
  expect(reveal(explained.bundle)).toEqual(reveal(mapped.bundle));
  const resources = reveal(mapped.bundle).entry?.map(({ resource }) => resource) ?? [];
  const ofType = (type: string) => resources.filter((each) => each?.resourceType === type);
  const codes = mapped.warnings.map(({ code, at }) => `${code} ${at}`);
  return { ...mapped, codes, resources, ofType, sources: explained.sources };
}

const sentTest = {
  system: "urn:trestle:harbor:observation-code",
  code: "GLU9",
  display: "Glucose nine",
};
const tag = [
  { system: "urn:trestle:tag", code: "mapped-by-default", display: "Mapped by default" },
];

test("without a policy a code goes over as it was sent, with a warning", () => {
  const { codes, ofType } = resultOf({});
  expect(codes).toContain("mapping.unmappedCode OBX-3");
  expect(ofType("Observation")[0]).toMatchObject({ code: { coding: [sentTest] } });
  expect(ofType("Observation")[0]).not.toHaveProperty("meta");
});

test("a default stands in as the first coding, marked, with the code as it was sent beside it", () => {
  const { codes, ofType, unmappedCodes } = resultOf({ "observation-code": stands });
  const mark = { url: "urn:trestle:mapped-by-default", valueCoding: sentTest };
  for (const each of ofType("Observation")) {
    expect(each).toMatchObject({
      meta: { tag },
      code: { coding: [{ ...loinc, extension: [mark] }, sentTest], text: "Glucose nine" },
    });
  }
  expect(codes).toContain("mapping.mappedByDefault OBX-3");
  expect(codes).not.toContain("mapping.unmappedCode OBX-3");
  expect(unmappedCodes).toContainEqual({
    table: "observation-code",
    local: "GLU9",
    field: "OBX-3",
  });
  expect(ofType("Patient")[0]).not.toHaveProperty("meta");
});

test("beside a code that is no coding stands its mark, as FHIR has it for plain values", () => {
  const system = "http://hl7.org/fhir/administrative-gender";
  const { ofType, sources } = resultOf({
    gender: { unmapped: "default", system, code: "unknown", display: "" },
  });
  const valueCoding = { system: "urn:trestle:harbor:gender", code: "Z" };
  expect(ofType("Patient")[0]).toMatchObject({
    meta: { tag },
    gender: "unknown",
    _gender: { extension: [{ url: "urn:trestle:mapped-by-default", valueCoding }] },
  });
  expect(sources.filter(({ path }) => path.endsWith(".gender"))).toMatchObject([
    { field: "PID-8", rule: "the default of gender, which has no row for it" },
  ]);
});

test("a unit that stands in leaves the unit that people read, and marks the amount alone", () => {
  const system = "http://unitsofmeasure.org";
  const { ofType } = resultOf({
    units: { unmapped: "default", system, code: "{unit}", display: "" },
  });
  const valueCoding = { system: "urn:trestle:harbor:units", code: "lumps" };
  const extension = [{ url: "urn:trestle:mapped-by-default", valueCoding }];
  const [odd, known] = ofType("Observation");
  expect(odd).toMatchObject({
    meta: { tag },
    valueQuantity: { unit: "lumps", system, code: "{unit}", extension },
  });
  expect(known).toMatchObject({ valueQuantity: { unit: "mg/dL", system, code: "mg/dL" } });
  expect(known).not.toHaveProperty("meta");
  expect(known).not.toHaveProperty("valueQuantity.extension");
});

test("an explanation says that a default stands there, and from which field the sent code came", () => {
  const { sources } = resultOf({ "observation-code": stands });
  const rule = "the default of observation-code, which has no row for it";
  const codings = sources.filter(({ path }) => /code\.coding\[\d\]\.code$/u.test(path));
  expect(codings.filter((source) => source.rule === rule)).toHaveLength(2);
  expect(codings.filter(({ rule: said }) => said === undefined)).toHaveLength(4);
  expect(sources).toContainEqual(
    expect.objectContaining({ path: expect.stringMatching(/meta\.tag\[0\]\.code$/u) }),
  );
});

test("what is held goes over as it was sent, and the warning says that it is held", () => {
  const hold = { unmapped: "hold" } as const;
  const { codes, ofType } = resultOf({ "observation-code": hold, identifiers: hold });
  expect(codes).toContain("mapping.heldCode OBX-3");
  expect(codes).toContain("mapping.heldCode PID-3");
  expect(ofType("Observation")[0]).toMatchObject({ code: { coding: [sentTest] } });
});
