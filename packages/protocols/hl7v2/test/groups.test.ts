import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Segment } from "../src/index.ts";
import { type Group, groupMessage, structure, versions } from "../src/knowledge/index.ts";
import { parsed } from "./written.ts";

describe("a message by its groups", () => {
  test.each([
    {
      type: "ORU^R01",
      segments: "PID PV1 ORC OBR NTE OBX NTE OBX OBR OBX SPM",
      groups:
        "MSH PATIENT_RESULT(PATIENT(PID VISIT(PV1)) ORDER_OBSERVATION(ORC OBR NTE " +
        "OBSERVATION(OBX NTE) OBSERVATION(OBX)) ORDER_OBSERVATION(OBR OBSERVATION(OBX) SPECIMEN(SPM)))",
    },
    {
      type: "ADT^A08",
      segments: "EVN PID NK1 NK1 PV1 OBX AL1 DG1 PR1 GT1 IN1 IN2 IN1",
      groups:
        "MSH EVN PID NK1 NK1 PV1 OBX AL1 DG1 PROCEDURE(PR1) GT1 INSURANCE(IN1 IN2) INSURANCE(IN1)",
    },
    {
      type: "ADT^A40",
      segments: "EVN PID MRG PID PD1 MRG",
      groups: "MSH EVN PATIENT(PID MRG) PATIENT(PID PD1 MRG)",
    },
    {
      type: "ORM^O01",
      segments: "PID PV1 ORC OBR OBX ORC RXO NTE",
      groups:
        "MSH PATIENT(PID PATIENT_VISIT(PV1)) ORDER(ORC ORDER_DETAIL(OBR OBSERVATION(OBX))) " +
        "ORDER(ORC ORDER_DETAIL(RXO NTE))",
    },
    {
      type: "OML^O21",
      segments: "PID ORC OBR SPM ORC OBR",
      groups:
        "MSH PATIENT(PID) ORDER(ORC OBSERVATION_REQUEST(OBR SPECIMEN(SPM))) " +
        "ORDER(ORC OBSERVATION_REQUEST(OBR))",
    },
    {
      type: "SIU^S14",
      segments: "SCH PID PV1 RGS AIS AIL AIP",
      groups:
        "MSH SCH PATIENT(PID PV1) RESOURCES(RGS SERVICE(AIS) LOCATION_RESOURCE(AIL) PERSONNEL_RESOURCE(AIP))",
    },
    {
      type: "MDM^T02",
      segments: "EVN PID PV1 TXA OBX OBX",
      groups: "MSH EVN PID PV1 TXA OBSERVATION(OBX) OBSERVATION(OBX)",
    },
    {
      type: "VXU^V04",
      segments: "PID NK1 ORC RXA RXR OBX OBX ORC RXA",
      groups: "MSH PID NK1 ORDER(ORC RXA RXR OBSERVATION(OBX) OBSERVATION(OBX)) ORDER(ORC RXA)",
    },
    {
      type: "DFT^P03",
      segments: "EVN PID FT1 PR1 FT1 DG1 IN1",
      groups:
        "MSH EVN PID FINANCIAL(FT1 FINANCIAL_PROCEDURE(PR1)) FINANCIAL(FT1) DG1 INSURANCE(IN1)",
    },
  ])("$type has its segments in $groups", ({ type, segments, groups }) => {
    const { root, faults, structure: found } = groupMessage(message(type, segments));
    expect(shown(root)).toBe(groups);
    expect(faults).toEqual([]);
    expect(root.name).toBe(found?.name);
  });

  test("keeps the site's own segments where they stand", () => {
    const { root, faults } = groupMessage(message("ADT^A01", "EVN PID ZPD PV1 ZPV"));
    expect(shown(root)).toBe("MSH EVN PID ZPD PV1 ZPV");
    expect(faults).toEqual([]);
  });

  test.each([
    { what: "what is missing", segments: "PID PV1", fault: "missing EVN behind MSH" },
    {
      what: "what is missing at the end",
      segments: "EVN PID ZPD",
      fault: "missing PV1 behind PID",
    },
    { what: "what comes late", segments: "EVN PID PV1 NK1", fault: "outOfOrder NK1 behind NK1" },
    { what: "what comes twice", segments: "EVN PID PV1 PV2 PV2", fault: "repeated PV2 behind PV2" },
    { what: "what has no place", segments: "EVN PID PV1 SCH", fault: "unexpected SCH behind SCH" },
  ])("names $what, and drops nothing", ({ segments, fault }) => {
    const given = message("ADT^A01", segments);
    const { root, faults } = groupMessage(given);
    expect(
      faults.map(({ kind, name, segment }) => `${kind} ${name} behind ${segment.name}`),
    ).toEqual([fault]);
    expect(flat(root)).toHaveLength(given.segments.length);
  });

  test("says of each group behind which segment one is missing", () => {
    const orders = message("ORU^R01", "PID OBR OBX OBR NTE OBX ORC OBX");
    expect(groupMessage(orders).faults.map(({ name, segment }) => [name, segment.at])).toEqual([
      ["OBR", "ORC"],
    ]);
    const appointment = message("SIU^S12", "SCH PID AIS AIP");
    expect(groupMessage(appointment).faults).toMatchObject([
      { name: "RGS", segment: { name: "PID" } },
    ]);
  });

  test("begins a group whose first segment is missing", () => {
    const { root, faults } = groupMessage(message("SIU^S12", "SCH AIS AIP"));
    expect(shown(root)).toBe("MSH SCH RESOURCES(SERVICE(AIS) PERSONNEL_RESOURCE(AIP))");
    expect(faults).toMatchObject([{ kind: "missing", name: "RGS", group: "RESOURCES" }]);
  });

  test("leaves what comes late beside its group, or begins the group again where it may", () => {
    const result = groupMessage(message("ORU^R01", "PID OBR OBX PV1"));
    expect(shown(result.root)).toBe(
      "MSH PATIENT_RESULT(PATIENT(PID) ORDER_OBSERVATION(OBR OBSERVATION(OBX)) PV1)",
    );
    const schedule = groupMessage(message("SIU^S12", "SCH RGS AIS AIL AIS AIP"));
    expect(shown(schedule.root)).toBe(
      "MSH SCH RESOURCES(RGS SERVICE(AIS) LOCATION_RESOURCE(AIL) SERVICE(AIS) PERSONNEL_RESOURCE(AIP))",
    );
    expect(schedule.faults).toMatchObject([{ kind: "outOfOrder", name: "AIS" }]);
  });

  test("is one list where the standard has no structure for its type", () => {
    const { root, structure: found } = groupMessage(message("ZZZ^Z99", "PID"));
    expect({ found, root: shown(root) }).toEqual({ found: undefined, root: "MSH PID" });
  });

  test("holds every segment once and in its order, whatever comes", () => {
    const names = fc.constantFrom(
      ..."EVN PID NK1 PV1 ORC OBR OBX NTE SPM RXA AIS RGS ZZ1 QQQ".split(" "),
    );
    const types = fc.constantFrom("ADT^A01", "ORU^R01", "OML^O21", "RDE^O11", "SIU^S12", "MFN^M01");
    fc.assert(
      fc.property(types, fc.array(names, { maxLength: 30 }), (type, list) => {
        const given = message(type, list.join(" "));
        expect(flat(groupMessage(given).root)).toEqual(given.segments);
      }),
    );
  });
});

describe("a structure", () => {
  const events = `
    ADT_A01 ADT_A02 ADT_A03 ADT_A04 ADT_A05 ADT_A06 ADT_A07 ADT_A08 ADT_A09 ADT_A10 ADT_A11 ADT_A12
    ADT_A13 ADT_A14 ADT_A15 ADT_A16 ADT_A17 ADT_A18 ADT_A20 ADT_A21 ADT_A22 ADT_A23 ADT_A24 ADT_A25
    ADT_A26 ADT_A27 ADT_A28 ADT_A29 ADT_A30 ADT_A31 ADT_A32 ADT_A33 ADT_A34 ADT_A35 ADT_A36 ADT_A37
    ADT_A38 ADT_A39 ADT_A40 ADT_A41 ADT_A42 ADT_A43 ADT_A44 ADT_A45 ADT_A46 ADT_A47 ADT_A48 ADT_A49
    ADT_A50 ADT_A51 ADT_A52 ADT_A53 ADT_A54 ADT_A55 ADT_A60 ORM_O01 OML_O21 OML_O33 OML_O35 OMG_O19
    OMS_O05 ORU_R01 OUL_R21 OUL_R22 OUL_R23 OUL_R24 ORF_R04 QRY_A19 QRY_R02 SIU_S12 SIU_S13 SIU_S14
    SIU_S15 SIU_S16 SIU_S17 SIU_S18 SIU_S19 SIU_S20 SIU_S21 SIU_S22 SIU_S23 SIU_S24 SIU_S26 SRM_S01
    SRM_S11 SRR_S01 SRR_S11 MDM_T01 MDM_T02 MDM_T03 MDM_T04 MDM_T05 MDM_T06 MDM_T07 MDM_T08 MDM_T09
    MDM_T10 MDM_T11 DFT_P03 DFT_P11 BAR_P01 BAR_P02 BAR_P05 BAR_P06 BAR_P10 BAR_P12 VXU_V04 RDE_O01
    RDE_O11 RDE_O25 RDS_O13 RAS_O17 MFN_M01 MFN_M02 MFN_M03 MFN_M05 MFK_M02 ACK
  `;

  test.each(events.trim().split(/\s+/u))("of %s is known in every version", (event) => {
    for (const version of versions) {
      const places = structure(event, version)?.places ?? [];
      expect(places[0]).toMatchObject({ name: "MSH", isRequired: true });
      expect(places.length).toBeGreaterThan(1);
    }
  });

  test("is that of the event's version", () => {
    const names = (version: "2.3" | "2.5.1" | "2.7") =>
      structure("ADT_A01", version)?.places.map(({ name }) => name) ?? [];
    expect(names("2.3")).not.toContain("SFT");
    expect(names("2.5.1")).toContain("SFT");
    expect(names("2.7")).toContain("UAC");
  });

  test("is none for what is no event", () => {
    expect(structure("constructor", "2.5.1")).toBeUndefined();
    expect(structure("", "2.5.1")).toBeUndefined();
  });
});

function message(type: string, segments: string) {
  const lines = segments.split(" ").filter((name) => name !== "");
  return parsed(
    [
      `MSH|^~\\&|LAB|TH|HUB|TH|20260115||${type}|1|P|2.5.1`,
      ...lines.map((name) => `${name}|1`),
    ].join("\r"),
  );
}

function shown({ members }: Group): string {
  return members
    .map((member) => (member instanceof Segment ? member.name : `${member.name}(${shown(member)})`))
    .join(" ");
}

function flat({ members }: Group): readonly Segment[] {
  return members.flatMap((member) => (member instanceof Segment ? [member] : flat(member)));
}
