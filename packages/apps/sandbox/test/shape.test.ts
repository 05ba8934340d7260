import { describe, expect, test } from "vitest";
import { firstMessages, parsed, rawFields } from "./support/hospital.ts";

// The shapes are those of messages that Epic's customers publish, with invented values.

const messages = firstMessages({ count: 3000 });

const name = String.raw`\p{Lu}[^|^~]*`;
const provider = String.raw`\d{4}\^${name}\^${name}\^[A-Z]\^{5}PROVID\^{4}PROVID~19999\d{5}\^${name}\^${name}\^[A-Z]\^{5}NPI\^{4}NPI`;
const user = String.raw`39\d{3}\^${name}\^${name}`;
const time = String.raw`20\d{12}`;
const csn = String.raw`7\d{7}`;
const place = String.raw`[A-Z0-9]+\^(?:4\d\d)?\^[AB]?\^TH\^{5}[A-Z0-9 ]+\^\^10\d{3}`;
const placer = String.raw`160\d{4}\^EPC`;
const filler = String.raw`F160\d{4}\^Beaker`;

type Field = readonly [segment: string, field: number, shape: string];

const header: readonly Field[] = [
  ["MSH", 2, String.raw`\^~\\&`],
  ["MSH", 3, String.raw`EPIC(?:\^RAS_GENERIC)?`],
  ["MSH", 4, "TH"],
  ["MSH", 5, "TRESTLE"],
  ["MSH", 6, "TRESTLE"],
  ["MSH", 7, time],
  ["MSH", 8, String.raw`39\d{3}`],
  ["MSH", 10, String.raw`\d{9}`],
  ["MSH", 11, "T"],
  ["PID", 1, "1"],
  ["PID", 2, ""],
  ["PID", 3, String.raw`E\d{6,7}\^\^\^EPI\^EPI~\d{6,7}\^\^\^TH\^MR`],
  ["PID", 5, String.raw`${name}\^${name}\^[A-Z](?:\^\^\^\^L)?`],
];

const person: readonly Field[] = [
  ["PID", 5, String.raw`${name}\^${name}\^[A-Z]\^\^\^\^L`],
  ["PID", 7, String.raw`\d{8}`],
  ["PID", 8, "[FM]"],
  ["PID", 10, "[A-Z ]+"],
  ["PID", 11, String.raw`\d+ [^|^~]+\^\^[^|^~]+\^WI\^\d{5}\^USA\^P\^\^[A-Z]+`],
  ["PID", 12, "[A-Z]+"],
  ["PID", 15, "[A-Z]+"],
  ["PID", 16, "[A-Z]+"],
  ["PID", 22, "[A-Z ]+"],
  ["PID", 30, "N"],
];

const known: readonly Field[] = [
  ...person,
  ["EVN", 2, time],
  ["EVN", 4, "REG_UPDATE|ADT_EVENT"],
  ["EVN", 5, String.raw`${user}\^{6}TH\^{5}\d{5}`],
  ["PD1", 3, String.raw`[A-Z ]+\^\^\d{5}`],
  ["PD1", 4, String.raw`\d{4}\^${name}\^${name}\^[A-Z]\^{5}PROVID`],
  ["ZPD", 2, "MYCH"],
  ["ZPD", 4, "ACTIVATED|PENDING"],
];

const update: readonly Field[] = [
  ...known,
  ["ROL", 4, provider],
  ["NK1", 2, String.raw`${name}\^${name}`],
  ["NK1", 5, String.raw`\(608\)555-01\d\d\^P\^PH\^\^\^608\^55501\d\d`],
  ["GT1", 2, String.raw`8\d+`],
  ["IN1", 2, String.raw`\d+\^[A-Z ]+`],
];

const visit: readonly Field[] = [
  ["PV1", 2, "[OEI]"],
  ["PV1", 3, place],
  ["PV1", 7, provider],
  ["PV1", 19, csn],
  ["PV1", 44, time],
  ["PV1", 50, csn],
  ["PID", 18, csn],
];

const visitAlone: readonly Field[] = [
  ...visit,
  ["PV2", 12, "Office Visit|Hospital Encounter"],
  ["ZPV", 2, String.raw`\d\^[A-Za-z ]+`],
];

const diagnosis: readonly Field[] = [["DG1", 3, String.raw`[A-Z]\d[\d.]*\^[^|^~]+\^I10`]];
const ofVisit: readonly Field[] = [...update, ...visitAlone, ...diagnosis];

const ofPerson: readonly Field[] = [...update, ["PV1", 2, "N"], ["PID", 18, ""]];

const inpatient: readonly Field[] = [
  ["PV1", 2, "I"],
  ["PV1", 3, String.raw`[A-Z0-9]+\^4\d\d\^[AB]\^TH\^{5}[A-Z0-9 ]+\^\^10\d{3}`],
  ["PV1", 17, provider],
  ["PV1", 18, "IP"],
];

const appointment: readonly Field[] = [
  ...person,
  ["MSH", 12, "2.5"],
  ["SCH", 1, csn],
  ["SCH", 8, String.raw`\d{4}\^[A-Z ]+`],
  ["SCH", 9, String.raw`\d\d`],
  ["SCH", 10, "min"],
  ["SCH", 11, String.raw`\^\^\d\d\^${time}\^${time}`],
  ["SCH", 16, user],
  ["ZCS", 1, "BEFORE"],
  ["PV1", 19, csn],
  ["RGS", 2, "A"],
  ["AIG", 3, String.raw`\d{4}\^${name}\^EPC`],
  ["AIL", 3, place],
];

const ofSchedule = (reason: string, status: string): readonly Field[] => [
  ...appointment,
  ["MSH", 9, String.raw`SIU\^S\d\d`],
  ["SCH", 6, reason],
  ["ZCS", 3, reason],
  ["SCH", 25, String.raw`(?:${status})\^[A-Za-z ]+\^SCHEDULING`],
  ["AIG", 14, status],
];

const shapes: Readonly<Record<string, readonly Field[]>> = {
  "ADT^A01": [...ofVisit, ...inpatient, ["MSH", 9, String.raw`ADT\^A01\^ADT_A01`]],
  "ADT^A02": [
    ...known,
    ...visitAlone,
    ...inpatient,
    ["MSH", 9, String.raw`ADT\^A02\^ADT_A02`],
    ["ROL", 4, provider],
  ],
  "ADT^A03": [...ofVisit, ["MSH", 9, String.raw`ADT\^A03\^ADT_A03`], ["PV1", 45, time]],
  "ADT^A04": [...ofVisit, ["PV1", 2, "[OE]"], ["PV1", 45, ""]],
  "ADT^A08": [...ofVisit, ["EVN", 4, "REG_UPDATE"]],
  "ADT^A11": [
    ...known,
    ...visitAlone,
    ...inpatient,
    ...diagnosis,
    ["MSH", 9, String.raw`ADT\^A11\^ADT_A09`],
  ],
  "ADT^A13": [...ofVisit, ...inpatient, ["MSH", 9, String.raw`ADT\^A13\^ADT_A01`], ["PV1", 45, ""]],
  "ADT^A28": [...ofPerson, ["MSH", 9, String.raw`ADT\^A28\^ADT_A05`]],
  "ADT^A31": [...ofPerson, ["MSH", 9, String.raw`ADT\^A31\^ADT_A05`]],
  "ADT^A40": [
    ["MSH", 9, String.raw`ADT\^A40\^ADT_A39`],
    ["EVN", 1, "A40"],
    ["MRG", 1, String.raw`E2\d{6}\^\^\^EPI\^EPI~2\d{6}\^\^\^TH\^MR`],
    ["MRG", 7, String.raw`${name}\^${name}\^[A-Z]`],
  ],
  "MDM^T02": [
    ...person,
    ...visit,
    ["MSH", 9, String.raw`MDM\^T02\^MDM_T02`],
    ["TXA", 2, String.raw`\d\^[A-Za-z\\& ]+`],
    ["TXA", 3, "TX"],
    ["TXA", 9, provider],
    ["TXA", 12, String.raw`19\d{4}`],
    ["TXA", 17, "AU"],
    ["TXA", 19, "AV"],
    ["OBX", 2, "TX"],
    ["OBX", 5, "[A-Z].+"],
    ["OBX", 11, "F"],
  ],
  "ORM^O01": [
    ...person,
    ...visit,
    ["MSH", 12, "2.3"],
    ["ORC", 1, "NW"],
    ["ORC", 2, placer],
    ["ORC", 7, String.raw`\^\^\^${time}\^\^R`],
    ["ORC", 10, user],
    ["ORC", 12, provider],
    ["ORC", 29, "[OI]"],
    ["OBR", 2, placer],
    ["OBR", 4, String.raw`(?<code>LAB\d+)\^(?<test>[A-Z0-9 ]+)\^IGEAP\^\^\k<test>`],
    ["OBR", 16, provider],
    ["OBR", 24, "Lab"],
    ["NTE", 4, "OC"],
  ],
  "ORU^R01": [
    ...person,
    ...visit,
    ["MSH", 12, "2.3"],
    ["OBR", 4, String.raw`LAB\d+\^[A-Z0-9 ]+\^IGEAP\^\^[A-Z0-9 ]+|FLO\^FLOWSHEET`],
    ["OBR", 7, time],
    ["OBR", 25, "F"],
    ["OBX", 11, "F"],
    ["OBX", 14, time],
  ],
  "RAS^O17": [
    ...person,
    ["MSH", 3, String.raw`EPIC\^RAS_GENERIC`],
    ["PV1", 3, place],
    ["PV1", 19, csn],
    ["ORC", 2, placer],
    ["RXA", 3, time],
    ["RXA", 5, String.raw`\d{8}\^[^|^~]+\^ERX`],
    ["RXA", 6, String.raw`\d+`],
    ["RXA", 7, "[a-z]+"],
    ["RXA", 20, "Given"],
    ["RXR", 1, "[A-Z][a-z]+"],
  ],
  "SIU^S12": ofSchedule("APPT_NEW", "Sch"),
  "SIU^S13": ofSchedule("APPT_RESCHEDULE", "Sch"),
  "SIU^S14": ofSchedule("APPT_MODIFY", "Sch|Arrived"),
  "SIU^S15": ofSchedule("APPT_CANCEL", "Canceled"),
  "SIU^S26": ofSchedule("APPT_NOSHOW", "No Show"),
};

test("every message parses, and says of itself what it is", () => {
  for (const sent of messages) {
    const { message, type, controlId } = parsed(sent);
    expect({ type: message.type, controlId: message.controlId }).toEqual({ type, controlId });
  }
});

test.each(Object.entries(shapes))("every %s has the fields of its kind", (type, fields) => {
  const ofType = messages.filter((sent) => sent.type === type);
  expect(ofType.length).toBeGreaterThan(0);
  const wrong = ofType.flatMap(({ text }) =>
    [...header, ...fields]
      .map(([segment, field, shape]) => ({ segment, field, shape, is: read(text, segment, field) }))
      .filter(({ shape, is }) => !new RegExp(`^(?:${shape})$`, "u").test(is)),
  );
  expect(wrong.slice(0, 5)).toEqual([]);
});

describe("a report", () => {
  const reports = messages.filter(({ type }) => type === "ORU^R01");
  const isVitals = ({ text }: { text: string }) => text.includes("|FLO^FLOWSHEET|");

  test("of the laboratory repeats the order's placer number and has a filler's", () => {
    for (const { text } of reports.filter((report) => !isVitals(report))) {
      const [order, report] = [read(text, "ORC", 2), read(text, "OBR", 2)];
      expect(report).toBe(order);
      expect(order).toMatch(new RegExp(`^${placer}$`, "u"));
      expect(read(text, "OBR", 3)).toMatch(new RegExp(`^${filler}$`, "u"));
    }
  });

  test("of the laboratory flags what lies outside the range that it states, and no other", () => {
    const values = reports.filter((report) => !isVitals(report)).flatMap(observations);
    expect(values.length).toBeGreaterThan(500);
    for (const { value, range, flag } of values) {
      const [low = Number.NaN, high = Number.NaN] = range.split("-").map(Number);
      const tooHigh = Number(value) > high ? "H" : "";
      const wanted = Number(value) < low ? "L" : tooHigh;
      expect({ value, range, flag }).toEqual({ value, range, flag: wanted });
    }
    expect(new Set(values.map(({ flag }) => flag))).toEqual(new Set(["", "L", "H"]));
  });

  test("from a flowsheet has blood pressure as one value, and the rows that nurses chart", () => {
    for (const { text } of reports.filter(isVitals)) {
      const rows = observations({ text });
      expect(rows.map(({ code }) => code)).toEqual([
        "BP^BP^FDCID",
        "PULSE^PULSE^FDCID",
        "TEMP^TEMP^FDCID",
        "RESP^RESP^FDCID",
        "SPO2^SPO2^FDCID",
        "WEIGHT^WEIGHT^FDCID",
      ]);
      expect(rows[0]?.value).toMatch(/^\d{2,3}\/\d{2,3}$/u);
    }
  });

  test("from a flowsheet weighs the same patient about the same each time", () => {
    const weights = new Map<string, number[]>();
    for (const { text } of reports.filter(isVitals)) {
      const patient = read(text, "PID", 3);
      weights.set(patient, [
        ...(weights.get(patient) ?? []),
        Number(observations({ text }).at(-1)?.value),
      ]);
    }
    for (const of of weights.values()) {
      expect(Math.max(...of) - Math.min(...of)).toBeLessThanOrEqual(1.7);
    }
  });
});

test("a visit that was booked has the serial number and the place of its appointment", () => {
  const arrived = messages.filter(({ text }) => text.includes("|Arrived^"));
  expect(arrived.length).toBeGreaterThan(20);
  for (const { controlId, text } of arrived) {
    const next = messages.find((sent) => Number(sent.controlId) === Number(controlId) + 1);
    if (next === undefined) continue;
    expect(next.type).toBe("ADT^A04");
    expect(read(next.text, "PV1", 19)).toBe(read(text, "SCH", 1));
    expect(read(next.text, "PV1", 3)).toBe(read(text, "AIL", 3));
  }
});

test("a transfer leads to another ward", () => {
  const wards = new Map<string, string>();
  for (const { type, text } of messages.filter(({ text }) => read(text, "PV1", 2) === "I")) {
    const [ward = ""] = read(text, "PV1", 3).split("^");
    const visitNumber = read(text, "PV1", 19);
    if (type === "ADT^A02") expect(ward).not.toBe(wards.get(visitNumber));
    wards.set(visitNumber, ward);
  }
});

function read(text: string, segment: string, field: number): string {
  return rawFields(text, segment)[field] ?? "";
}

function observations({ text }: { text: string }) {
  return text
    .split("\r")
    .filter((line) => line.startsWith("OBX|"))
    .map((line) => line.split("|"))
    .map(([, , , code = "", , value = "", , range = "", flag = ""]) => ({
      code,
      value,
      range,
      flag,
    }));
}
