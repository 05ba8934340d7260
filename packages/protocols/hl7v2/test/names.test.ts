import { describe, expect, test } from "vitest";
import { componentLabel, fieldLabel, fieldNamed, segmentLabel } from "../src/index.ts";
import {
  type Version,
  codeTable,
  segmentDefinition,
  typeDefinition,
  versionFor,
  versions,
} from "../src/knowledge/index.ts";
import { PID } from "../src/knowledge/places/pid.ts";
import { headed, parsed } from "./written.ts";

/** How many fields each segment has; counted in HL7 v2.5.1, chapters 2 to 11. */
const fieldCounts = `
  BHS 12, BTS 3, DSC 2, ERR 12, FHS 12, FTS 2, MSA 6, MSH 21, NTE 4, SFT 6, QRD 12,
  QRF 10, QPD 3, QAK 6, RCP 7, EVN 7, PID 39, PD1 21, NK1 39, MRG 7, AL1 6, IAM 20, DB1 8,
  ROL 12, PV1 52, PV2 49, DG1 21, PR1 20, GT1 57, IN1 53, IN2 72, IN3 25, ACC 11, FT1 31, BLG 4,
  ORC 31, OBR 50, TQ1 14, TQ2 10, OBX 25, SPM 29, CTI 3, TXA 23, RXO 28, RXR 6, RXC 9, RXE 44,
  RXD 33, RXG 26, RXA 26, SCH 27, RGS 3, AIS 12, AIG 14, AIL 12, AIP 12, RF1 11, AUT 10, PRD 9,
  CTD 7
`;

describe("a name", () => {
  test.each([
    { segment: "MSH", number: 9, name: "Message Type", type: "MSG" },
    { segment: "MSH", number: 18, name: "Character Set", type: "ID" },
    { segment: "PID", number: 3, name: "Patient Identifier List", type: "CX" },
    { segment: "PID", number: 39, name: "Tribal Citizenship", type: "CWE" },
    { segment: "PV1", number: 19, name: "Visit Number", type: "CX" },
    { segment: "PV1", number: 44, name: "Admit Date/Time", type: "TS" },
    { segment: "IN1", number: 36, name: "Policy Number", type: "ST" },
    { segment: "OBR", number: 25, name: "Result Status", type: "ID" },
    { segment: "OBX", number: 5, name: "Observation Value", type: "varies" },
    { segment: "SCH", number: 25, name: "Filler Status Code", type: "CE" },
    { segment: "RXA", number: 20, name: "Completion Status", type: "ID" },
    { segment: "TXA", number: 12, name: "Unique Document Number", type: "EI" },
    { segment: "ERR", number: 8, name: "User Message", type: "TX" },
  ])("of $segment-$number in 2.5.1 is $name", ({ segment, number, name, type }) => {
    expect(fieldLabel(segment, number, "2.5.1")).toEqual({ name, type });
  });

  test.each([
    { type: "CX", number: 5, name: "Identifier Type Code", inner: "ID" },
    { type: "XPN", number: 1, name: "Family Name", inner: "FN" },
    { type: "XAD", number: 5, name: "Zip or Postal Code", inner: "ST" },
    { type: "XCN", number: 9, name: "Assigning Authority", inner: "HD" },
    { type: "HD", number: 2, name: "Universal ID", inner: "ST" },
    { type: "TS", number: 1, name: "Time", inner: "DTM" },
  ])("of component $number of $type is $name", ({ type, number, name, inner }) => {
    expect(componentLabel(type, number, "2.5.1")).toEqual({ name, type: inner });
  });

  test("of a segment is the standard's, or that it is the site's own", () => {
    expect(segmentLabel("PV1")).toBe("Patient Visit");
    expect(segmentLabel("ZPD")).toBe("Site's own segment");
    expect(segmentLabel("QQQ")).toBeUndefined();
    expect(segmentLabel("constructor")).toBeUndefined();
  });

  test("is none where the standard has none", () => {
    expect(fieldLabel("PID", 0)).toBeUndefined();
    expect(fieldLabel("PID", 41)).toBeUndefined();
    expect(fieldLabel("ZPD", 1)).toBeUndefined();
    expect(componentLabel("ST", 1)).toBeUndefined();
    expect(componentLabel("CX", 13)).toBeUndefined();
  });

  test("is there for what an older version did not have yet and a newer has no more", () => {
    expect(fieldLabel("PID", 40, "2.3")?.name).toBe("Patient Telecommunication Information");
    expect(fieldLabel("PID", 19, "2.8")?.name).toBe("SSN Number - Patient");
    expect(segmentLabel("PRT", "2.5.1")).toBe("Participation Information");
    expect(segmentLabel("ORO", "2.8")).toBe("Order other");
  });

  test("leads to the field of a segment, however it is written", () => {
    const [, pid] = parsed(headed("PID|1||A1^^^TH^MR||WREN^EDITH\r")).segments;
    if (pid === undefined) throw new Error("no PID");
    expect(fieldNamed(pid, "Patient Identifier List")?.raw).toBe("A1^^^TH^MR");
    expect(fieldNamed(pid, "patientName")?.raw).toBe("WREN^EDITH");
    expect(fieldNamed(pid, "Administrative Sex")?.isEmpty).toBe(true);
    expect(fieldNamed(pid, "No Such Name")).toBeUndefined();
  });

  test("stands for its place in TypeScript", () => {
    const message = parsed(headed("PID|1||A1^^^TH^MR||WREN^EDITH\r"));
    expect(PID.patientIdentifierList).toBe("PID-3");
    expect(message.get(`${PID.patientIdentifierList}.5`)).toBe("MR");
  });
});

describe("a version", () => {
  test("changes types, lengths and what is required", () => {
    const types = (["2.1", "2.3", "2.5.1", "2.8"] as const).map(
      (version) => segmentDefinition("PID", version)?.parts[6]?.type,
    );
    expect(types).toEqual(["DT", "TS", "TS", "DTM"]);
    expect(segmentDefinition("OBX", "2.8")?.parts[26]).toMatchObject({ name: "Root Cause" });
    expect(segmentDefinition("OBX", "2.5.1")?.parts[26]).toMatchObject({ laterThan: "2.8" });
    expect(segmentDefinition("PID", "2.8")?.parts[1]).toMatchObject({ usage: "former" });
  });

  test.each([
    { text: "2.5.1", version: "2.5.1", isKnown: true },
    { text: "2.8.1", version: "2.8", isKnown: true },
    { text: "2.3.2", version: "2.3.1", isKnown: true },
    { text: "2.10", version: "2.9", isKnown: true },
    { text: "2.0", version: "2.1", isKnown: false },
    { text: "", version: "2.5.1", isKnown: false },
    { text: "D1", version: "2.5.1", isKnown: false },
  ])("of MSH-12 '$text' is read as $version", ({ text, version, isKnown }) => {
    expect(versionFor(text)).toEqual({ version, isKnown });
  });
});

describe("the data", () => {
  test.each(fieldCounts.split(",").map((line) => line.trim().split(" ")))(
    "has every field of %s in 2.5.1: %s",
    (segment = "", count = "") => {
      const fields = segmentDefinition(segment, "2.5.1")?.parts ?? [];
      expect(fields.filter(({ laterThan }) => laterThan === undefined)).toHaveLength(Number(count));
    },
  );

  test.each(versions)(
    "knows in %s every data type that it names, and each part has a name",
    (version) => {
      const parts = [
        ...allParts("MSH PID PV1 OBR OBX ORC IN1 RXE SCH TXA FT1".split(" "), version),
      ];
      expect(parts.length).toBeGreaterThan(200);
      const nameless = parts.filter(({ name }) => name.trim() !== name || name === "");
      const unknown = parts.filter(({ type }) => type !== "varies" && !isType(type, version));
      expect({ nameless, unknown }).toEqual({ nameless: [], unknown: [] });
    },
  );

  test("has the code tables, and knows whose they are", () => {
    expect(codeTable(1)).toMatchObject({ number: "0001", kind: "user" });
    expect(codeTable("0119")?.codes.get("NW")).toBe("New order/service");
    expect(codeTable(119)?.kind).toBe("hl7");
    expect(codeTable(9999)).toBeUndefined();
  });
});

function isType(name: string, version: Version): boolean {
  return typeDefinition(name, version) !== undefined;
}

function allParts(segments: readonly string[], version: Version) {
  return segments.flatMap((segment) => {
    const fields = segmentDefinition(segment, version)?.parts ?? [];
    return fields.flatMap((field) => [
      field,
      ...(typeDefinition(field.type, version)?.parts ?? []),
    ]);
  });
}
