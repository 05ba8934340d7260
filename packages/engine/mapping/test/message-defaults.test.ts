import { reveal } from "@trestle/base";
import { describe, expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { r4Problems } from "./r4.ts";
import { resourcesOf } from "./resources.ts";

const mapper = createMapper();
const { timeZone, ...nowhere } = lakeshore;

function admission(sent: string, pid = "BEAM^ADA") {
  const lines = [
    `MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|${sent}||ADT^A01|1|T|2.5.1`,
    `PID|1||900001^^^LKS^MR||${pid}`,
    `PV1|1|I${"|".repeat(17)}900077${"|".repeat(25)}20260715090000`,
  ];
  return read(lines.join("\r"));
}

describe("a time without offset", () => {
  test.each([
    { why: "the zone of the site", zone: timeZone, sent: "20260115100000+0100", start: "-05:00" },
    { why: "the offset of MSH-7", zone: undefined, sent: "20260115100000+0530", start: "+05:30" },
    { why: "UTC", zone: undefined, sent: "20260115100000", start: "Z" },
  ])("is meant in $why", ({ zone, sent, start }) => {
    const site = { ...nowhere, ...(zone === undefined ? {} : { timeZone: zone }) };
    const { bundle } = mapper.map(admission(sent), site);
    const starts = resourcesOf(bundle, "Encounter").map(({ period }) => period?.start);
    expect(starts).toEqual([`2026-07-15T09:00:00${start}`]);
  });
});

describe("a control character", () => {
  test.each(["BEAM^A\u0001DA", "BEAM^A\\X01\\DA", "BEAM^A\\X0B\\DA"])(
    "in %j is replaced, with a warning that names the field",
    (pid) => {
      const { bundle, warnings } = mapper.map(admission("20260115100000", pid), lakeshore);
      const given = resourcesOf(bundle, "Patient").flatMap(({ name }) => name?.[0]?.given ?? []);
      expect(given).toEqual(["A\uFFFDDA"]);
      expect(warnings.map(({ code, at }) => [code, at])).toEqual([
        ["mapping.forbiddenCharacter", "PID-5"],
      ]);
      expect(r4Problems(reveal(bundle))).toEqual([]);
    },
  );

  test("that FHIR allows stays", () => {
    const { warnings } = mapper.map(admission("20260115100000", "BEAM^A\\X09\\DA"), lakeshore);
    expect(warnings).toEqual([]);
  });
});

describe("the HL7 null", () => {
  test.each([
    {
      what: "the reason of a service",
      type: "ORM^O01",
      segments: [...order("1", 16), "OBR|1|1||LAB1^Glucose"],
      warned: "ORC-16",
    },
    {
      what: "the reason of a drug",
      type: "ORM^O01",
      segments: [...order("1", 16), "RXO|5640^IBUPROFEN"],
      warned: "",
    },
    {
      what: "the reason of a service beside a drug",
      type: "ORM^O01",
      segments: [...order("1", 16), "OBR|1|1||LAB1^Glucose", ...order("2"), "RXO|5640^IBUPROFEN"],
      warned: "ORC-16",
    },
    {
      what: "the reason of a drug beside a service",
      type: "ORM^O01",
      segments: [...order("1"), "OBR|1|1||LAB1^Glucose", ...order("2", 16), "RXO|5640^IBUPROFEN"],
      warned: "",
    },
    {
      what: "why a result was asked for",
      type: "ORU^R01",
      segments: [`OBR|1|1|2|LAB1^Glucose${nullAt(31 - 4)}`],
      warned: "OBR-31",
    },
    {
      what: "when a report was issued",
      type: "ORU^R01",
      segments: [`OBR|1|1|2|LAB1^Glucose${nullAt(22 - 4)}|||F`],
      warned: "",
    },
    {
      what: "when a result was observed last, which only a request takes",
      type: "ORU^R01",
      segments: [`OBR|1|1|2|LAB1^Glucose|||20260101${nullAt(8 - 7)}`],
      warned: "",
    },
    {
      what: "until when a test is to be observed",
      type: "ORM^O01",
      segments: [...order("1"), `OBR|1|1||LAB1^Glucose|||20260101${nullAt(8 - 7)}`],
      warned: "OBR-8",
    },
    {
      what: "how a patient gets to a test, which nothing takes",
      type: "ORM^O01",
      segments: [...order("1"), `OBR|1|1||LAB1^Glucose${nullAt(30 - 4)}`],
      warned: "",
    },
    {
      what: "who read an image, which a report tells as a whole",
      type: "ORU^R01",
      segments: [`OBR|1|1|2|LAB1^Glucose${nullAt(32 - 4)}`],
      warned: "",
    },
    {
      what: "the address of who asked for a test",
      type: "ORM^O01",
      segments: [
        `ORC|NW|1${"|".repeat(10)}1001^STRUT^OLA${nullAt(24 - 12)}`,
        "OBR|1|1||LAB1^Glucose",
      ],
      warned: "ORC-24",
    },
    {
      what: "who entered an order",
      type: "ORM^O01",
      segments: [...order("1", 10), "OBR|1|1||LAB1^Glucose"],
      warned: "ORC-10",
    },
    {
      what: "who asked for a result",
      type: "ORU^R01",
      segments: [...order("1", 12), "OBR|1|1|2|LAB1^Glucose"],
      warned: "ORC-12",
    },
    {
      what: "who may see a document",
      type: "MDM^T02",
      segments: [`TXA|1|CN${nullAt(16 - 2)}`],
      warned: "TXA-16",
    },
    {
      what: "whom to ask about an order",
      type: "ORM^O01",
      segments: [...order("1"), "OBR|1|1||LAB1^Glucose", `CTD|CP|BEAM^EVE${nullAt(5 - 2)}`],
      warned: "CTD-5",
    },
    {
      what: "the phone of staff",
      type: "MFN^M02",
      segments: [`STF|S1|S1^^^LKS|BEAM^EVE${nullAt(10 - 3)}`],
      warned: "STF-10",
    },
    {
      what: "the phone of somebody in a role",
      type: "ADT^A08",
      segments: ["PV1|1|I", `ROL|1|AD|AT|1001^GABLE^ELOISE${nullAt(12 - 4)}`],
      warned: "ROL-12",
    },
  ])("for $what warns of “$warned”, where the record keeps a part", (told) => {
    const lines = [
      `MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|20260115100000||${told.type}|1|T|2.5.1`,
      ...(told.type.startsWith("MFN") ? ["MFI|PRA^Staff||UPD", "MFE|MAD|||S1"] : []),
      ...(told.type.startsWith("MFN") ? [] : ["PID|1||900001^^^LKS^MR||BEAM^ADA"]),
      ...told.segments,
    ];
    const { warnings } = mapper.map(read(lines.join("\r")), lakeshore);
    const found = warnings.filter(({ code }) => code === "mapping.nullKept");
    expect(found.map(({ at }) => at).join()).toBe(told.warned);
  });
});

/** An ORC with the null in a field. */
function order(number: string, nullIn?: number): readonly string[] {
  return [`ORC|NW|${number}${nullIn === undefined ? "" : nullAt(nullIn - 2)}`];
}

/** The null so many fields further on. */
function nullAt(fields: number): string {
  return `${"|".repeat(fields)}""`;
}
