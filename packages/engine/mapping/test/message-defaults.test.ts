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

describe("the HL7 null in an order", () => {
  test.each([
    { ordered: "OBR|1|1601737||LAB1^Glucose", warned: ["mapping.nullKept"] },
    { ordered: "RXO|5640^IBUPROFEN", warned: [] },
  ])("$warned of $ordered", ({ ordered, warned }) => {
    const lines = [
      "MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|20260115100000||ORM^O01|1|T|2.5.1",
      "PID|1||900001^^^LKS^MR||BEAM^ADA",
      'ORC|NW|1601737||||||||||""',
      ordered,
    ];
    const { warnings } = mapper.map(read(lines.join("\r")), lakeshore);
    const found = warnings.filter(({ code }) => code === "mapping.nullKept");
    expect(found.map(({ code }) => code)).toEqual(warned);
  });
});
