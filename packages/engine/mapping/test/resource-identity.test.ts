import type { FhirResource } from "@trestle/fhir";
import { expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { resourcesOf } from "./resources.ts";

const mapper = createMapper();

test("a relative of two patients is a RelatedPerson of each", () => {
  const father = "PRT||UC||FTH^Father|7700^BEAM^MAX^^^^^^LKS";
  const ids = ["900001", "900002"].map((number) => idOf("RelatedPerson", number, father));
  expect(new Set(ids).size).toBe(2);
});

test("a mother of the patient's own name has nothing of what a guarantor says of the patient", () => {
  const mother = "NK1|1|BEAM^ADA|MTH^Mother^HL70063";
  const self = "GT1|1|G1^^^LKS|BEAM^ADA||2 OAK ST^^BELOIT|||19800115|F||SEL^Self^HL70063|333224444";
  const people = resourcesIn("RelatedPerson", "900001", mother, self);
  expect(people.map(({ birthDate, identifier }) => [birthDate, identifier?.length])).toEqual([
    [undefined, undefined],
    ["1980-01-15", 2],
  ]);
  expect(new Set(people.map(({ id }) => id)).size).toBe(2);
});

test("a diagnosis and an entry of the problem list of one code are two conditions", () => {
  const diagnosis = idOf("Condition", "900001", "DG1|1||I10^Hypertension^I10|||F");
  const problem = idOf("Condition", "900001", "PRB|AD|20260115200000|I10^Hypertension^I10");
  expect(problem).not.toBe(diagnosis);
});

test("somebody who is first named by a number alone has the name that a later field tells, once", () => {
  const number = "1007^^^^^^^^PROVID";
  const named = "1007^GABLE^ELOISE^^^^^^PROVID";
  const visit = ["PV1", "1", "I", ...emptied(4), number, named, named].join("|");
  expect(resourcesIn("Practitioner", "900001", visit)).toMatchObject([
    { name: [{ family: "GABLE", given: ["ELOISE"] }] },
  ]);
  const [encounter] = resourcesIn("Encounter", "900001", visit);
  const shown = encounter?.participant?.map(({ individual }) => individual?.display);
  expect(shown).toEqual(["ELOISE GABLE", "ELOISE GABLE", "ELOISE GABLE"]);
});

test("somebody whom two fields name in other words has both names, and none that says less", () => {
  const names = ["GABLE^ELOISE^MAE", "GABLE^ELOISE", "PURLIN^ELOISE", "GABLE^ELOISE^MAE"];
  const fields = names.map(
    (name) => `1007^${name}${"^".repeat(6 - name.split("^").length)}^^PROVID`,
  );
  const visit = (all: readonly string[]) => ["PV1", "1", "I", ...emptied(4), ...all].join("|");
  const told = [
    { family: "GABLE", given: ["ELOISE", "MAE"] },
    { family: "PURLIN", given: ["ELOISE"] },
  ];
  const [practitioner] = resourcesIn("Practitioner", "900001", visit(fields));
  expect(practitioner?.name).toEqual(told);
  // The second name is this message's own, and not what others find of the same person.
  const [other] = resourcesIn("Practitioner", "900002", visit(fields.slice(0, 2)));
  expect(other?.name).toEqual(told.slice(0, 1));
});

test("what a later segment tells of the same device is added to it, and nothing twice", () => {
  const part = (fields: Readonly<Record<number, string>>) =>
    Array.from({ length: 23 }, (_each, number) => fields[number] ?? "")
      .with(0, "PRT")
      .with(4, "EQUIP^Equipment^HL70912")
      .with(10, "PUMP-7")
      .join("|");
  const devices = resourcesIn(
    "Device",
    "900001",
    part({ 16: "(01)00844588003288" }),
    part({ 16: "(01)00844588003288", 20: "SN-1" }),
    part({ 19: "LOT-1", 20: "SN-2" }),
    part({ 20: "SN-1" }),
  );
  expect(devices).toMatchObject([
    {
      identifier: [{ value: "PUMP-7" }],
      udiCarrier: [{ carrierHRF: "(01)00844588003288" }],
      serialNumber: "SN-1",
      lotNumber: "LOT-1",
    },
  ]);
});

test("a person has the addresses and numbers of each segment that names them, each once", () => {
  const part = (role: string, person: string, address: string) =>
    ["PRT", "", "AD", "", role, person, ...emptied(8), address].join("|");
  const [one, other] = ["1 Main St^^Lakeshore", "2 Pier Rd^^Lakeshore"];
  const person = "1007^GABLE^ELOISE^^^^^^PROVID";
  const parts = [
    part("AD", person, one),
    part("RT", person, other),
    part("CP", `${person}~55^GABLE^ELOISE^^^^^^NPI`, one),
  ];
  const [practitioner, ...others] = resourcesIn("Practitioner", "900001", ...parts);
  expect(others).toEqual([]);
  expect(practitioner?.identifier?.map(({ value }) => value)).toEqual(["1007", "55"]);
  expect(practitioner?.address?.map(({ line }) => line?.[0])).toEqual(["1 Main St", "2 Pier Rd"]);
  expect(practitioner?.name).toHaveLength(1);
});

test("a lot or a date that contradicts what was told of a device gives a warning, and the first counts", () => {
  const part = (lot: string) =>
    ["PRT", "", "AD", "", "EQUIP", ...emptied(5), "D1^X", ...emptied(8), lot].join("|");
  const mapped = mappedWith("900001", part("LOT1"), part("LOT2"), part("LOT1"));
  const warned = mapped.warnings.filter(({ code }) => code === "mapping.contradicts");
  expect(warned.map(({ at }) => at)).toEqual(["PRT[1]"]);
  expect(resourcesOf(mapped.bundle, "Device")).toMatchObject([{ lotNumber: "LOT1" }]);
});

test("a guarantor or an insured person of a relative's name is another where birth or sex differ", () => {
  const relative = "NK1|1|BEAM^BOB|SON||||||||||||M|19900101";
  const people = (...segments: readonly string[]) =>
    resourcesIn("RelatedPerson", "900001", relative, ...segments);
  const guarantor = (number: string, born: string) =>
    `GT1|1|${number}|BEAM^BOB||9 B ST^^BELOIT|6085550009||${born}|M`;
  expect(people(guarantor("7", "19900101"))).toHaveLength(1);
  expect(people(guarantor("7", "19500202"))).toHaveLength(2);
  expect(people(guarantor("7", "19500202"), guarantor("8", "19500202"))).toHaveLength(3);
  const insured = `IN1|1|PLAN^Plan|1001|PAYER${"|".repeat(12)}BEAM^BOB|FTH|19500202`;
  expect(people(insured)).toHaveLength(2);
});

test("a person in a component has the authority that its pieces name, and no check digit", () => {
  const person = "1007&GABLE&ELOISE&U&&DR&MD&&PROVID&2.999.7&ISO";
  const report = [
    "OBR",
    "1",
    "",
    "F1^LAB",
    "BMP^Panel",
    ...emptied(20),
    "F",
    ...emptied(6),
    person,
  ];
  const [practitioner] = resourcesIn(
    "Practitioner",
    "900001",
    report.join("|"),
    "OBX|1|NM|GLU^Glucose||5|mmol/L|||||F",
  );
  expect(practitioner?.identifier).toMatchObject([
    { system: "https://lakeshore.example/identifiers/provider", value: "1007" },
  ]);
  expect(practitioner?.identifier?.[0]?.extension).toBeUndefined();
  expect(practitioner?.name).toEqual([
    { family: "GABLE", given: ["ELOISE", "U"], prefix: ["DR"], suffix: ["MD"] },
  ]);
});

test("a code of two owners' numbers does not make one organization of two", () => {
  const employer = (owner: string) => {
    const contact = ["NK1", "1", ...emptied(11), `${owner} FARMS^^77^^^${owner}`].join("|");
    return farmIn(contact)?.id;
  };
  expect(employer("NORTH")).toBeDefined();
  expect(employer("NORTH")).not.toBe(employer("SOUTH"));
  const insurer = (owner: string) => {
    const holder = `${owner} FARMS^^^^^${owner}^^^^77`;
    const insurance = ["IN1", "1", "P1", "I1", "TEST INSURER", ...emptied(6), holder].join("|");
    return farmIn(insurance)?.id;
  };
  expect(insurer("NORTH")).toBeDefined();
  expect(insurer("NORTH")).not.toBe(insurer("SOUTH"));
});

test.each([
  { type: "ChargeItem", segment: "FT1|1|1||20260301||CG|27130^Hip^C4" },
  { type: "Consent", segment: "CON|1|TREAT|Form 7|F7^LKS|||||||A" },
] as const)(
  "a number that counts only for a patient makes no $type of two",
  ({ type, segment }) => {
    const ids = ["900001", "900002"].map((number) => idOf(type, number, segment));
    expect(new Set(ids).size).toBe(2);
  },
);

function farmIn(segment: string) {
  const organizations = resourcesIn("Organization", "900001", segment);
  return organizations.find(({ name = "" }) => name.endsWith(" FARMS"));
}

/** So many fields without content. */
function emptied(count: number): readonly string[] {
  return Array.from({ length: count }, () => "");
}

/** The id of the only resource of a type in a message about a patient. */
function idOf(
  type: FhirResource["resourceType"],
  ...about: readonly [number: string, ...segments: readonly string[]]
): string | undefined {
  const found = resourcesIn(type, ...about);
  expect(found).toHaveLength(1);
  return found[0]?.id;
}

function resourcesIn<Type extends FhirResource["resourceType"]>(
  type: Type,
  number: string,
  ...segments: readonly string[]
) {
  return resourcesOf(mappedWith(number, ...segments).bundle, type);
}

function mappedWith(number: string, ...segments: readonly string[]) {
  const lines = [
    "MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|20260301100000||ADT^A08|1|T|2.8",
    `PID|1||${number}^^^LKS^MR||BEAM^ADA`,
    ...segments,
  ];
  return mapper.map(read(lines.join("\r")), lakeshore);
}
