import type { DataElement } from "@trestle/integration";
import { describe, expect, test } from "vitest";
import { checkValue } from "../src/check-value.ts";
import { withHistory } from "../src/history.ts";
import { judgeElement } from "../src/judge-element.ts";
import { allowedCodes, knownCodes } from "../src/known-codes.ts";
import { matchResources, saySame } from "../src/matching.ts";
import { timeLimits } from "../src/plausible-time.ts";
import { planOf } from "../src/plan.ts";
import { References } from "../src/references.ts";
import type { ProbeReport, Refusal } from "../src/report.ts";
import { situationOf } from "../src/summary.ts";
import { Tally } from "../src/tally.ts";

const now = Date.parse("2026-11-27T12:00:00Z");
const element: DataElement = {
  type: "fhir",
  resource: "Patient",
  path: "birthDate",
  access: "read",
  need: "required",
  minFill: 0.9,
  systems: [],
};

/** So many patients with one record each, of which so many have the element. */
function tallied(filled: number, of: number): Tally {
  const tally = new Tally(0);
  for (let index = 0; index < of; index += 1)
    tally.add({
      patient: `p${index}`,
      where: `Patient/${index}`,
      isFilled: index < filled,
      checked: [],
      at: now,
    });
  return tally;
}

function judged(tally: Tally | undefined, more: Partial<Parameters<typeof judgeElement>[0]> = {}) {
  return judgeElement({
    element,
    exists: "yes",
    refusals: [],
    patients: tally?.filled.patients ?? 0,
    tally,
    uncheckedReferences: 0,
    elsewhere: [],
    compared: undefined,
    remarks: [],
    now,
    ...more,
  });
}

const refusal: Refusal = {
  kind: "applicationLacksAccess",
  code: "59204",
  text: "Left out.",
  hint: "Ask.",
  apis: ["Patient.Search (R4)"],
  isPart: false,
  patients: 40,
};

describe("a fill rate", () => {
  test.each([
    [40, 40, "yes", "good", undefined],
    [20, 40, "no", "finding", "probe.rarelyFilled"],
    [0, 40, "no", "finding", "probe.empty"],
    [9, 10, "tooFew", "undecided", "probe.tooFewToTell"],
    [1, 1, "tooFew", "undecided", "probe.tooFewToTell"],
    [0, 0, "tooFew", "undecided", undefined],
  ])("of %i in %i patients, where nine in ten are needed, is %s", (...given) => {
    const [filled, of, populated, verdict, finding] = given;
    const report = judged(tallied(filled, of));
    expect(report.populated.verdict).toBe(populated);
    expect(report.verdict).toBe(verdict);
    expect(report.findings[0]?.code).toBe(finding);
  });

  test("of nothing is a finding where enough patients were asked about and had no record", () => {
    const report = judged(tallied(0, 0), { patients: 40 });
    expect(report.findings.map(({ code }) => code)).toEqual(["probe.noRecords"]);
  });

  test("that cannot be told says how many patients would tell", () => {
    expect(judged(tallied(10, 10)).populated.patientsToTell).toBeGreaterThan(20);
  });
});

describe("a refusal", () => {
  test("of everybody is a finding, with the code and what would have to be granted", () => {
    const report = judged(tallied(0, 0), { refusals: [refusal], patients: 40 });
    expect(report.permitted).toBe("no");
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]?.text).toContain("(59204)");
    expect(report.findings[0]?.hint).toContain("Patient.Search (R4)");
  });

  test("of a part is a finding though data came", () => {
    const part = { ...refusal, isPart: true };
    const report = judged(tallied(40, 40), { refusals: [part] });
    expect([report.permitted, report.verdict]).toEqual(["inPart", "finding"]);
  });

  test("of one protected record is told, and leaves the verdict", () => {
    const glass = { ...refusal, kind: "recordRestricted", code: "4131", patients: 1 };
    const report = judged(tallied(40, 40), { refusals: [glass], patients: 41 });
    expect([report.permitted, report.verdict]).toEqual(["yes", "good"]);
    expect(report.findings.map(({ severity }) => severity)).toEqual(["remark"]);
  });

  test("of many protected records is a finding", () => {
    const glass = { ...refusal, kind: "recordRestricted", code: "4131", patients: 20 };
    const report = judged(tallied(20, 20), { refusals: [glass], patients: 40 });
    expect([report.permitted, report.verdict]).toEqual(["inPart", "finding"]);
  });
});

const rows = [
  {
    local: "GLU",
    display: "",
    system: "http://loinc.org",
    code: "2345-7",
    status: "mapped",
    note: "",
  },
] as const;
const rules = {
  systems: new Set(["http://loinc.org"]),
  known: knownCodes(rows),
  times: timeLimits({ resourceType: "Observation" }, { now, birthDate: "1980-01-15" }),
};
const wrongIn = (type: string, value: unknown, more: object = {}) =>
  checkValue({ type, value }, { ...rules, ...more }).flatMap(({ what, isWrong }) =>
    isWrong ? [what] : [],
  );
const concept = (...coding: readonly object[]) => ({ coding });

test.each([
  ["CodeableConcept", concept({ system: "http://loinc.org", code: "4548-4" }), []],
  ["CodeableConcept", concept({ system: "urn:own", code: "GLU" }), []],
  ["CodeableConcept", concept({ system: "urn:own", code: "ZZ" }), ["system", "table"]],
  ["CodeableConcept", concept({ system: "http://loinc.org", code: "4548-5" }), ["code"]],
  ["CodeableConcept", { text: "Glucose" }, ["system", "table"]],
  ["Coding", { system: "urn:own", code: "ZZ" }, ["system", "table"]],
  ["Quantity", { value: 1, unit: "mg/dL", system: "http://unitsofmeasure.org", code: "mg/dL" }, []],
  [
    "Quantity",
    { value: 1, unit: "mgs", system: "http://unitsofmeasure.org", code: "mgs" },
    ["unit"],
  ],
  ["Quantity", { value: 1, unit: "mgs per dl" }, ["unit"]],
  ["Quantity", { value: 1 }, []],
  ["dateTime", "2026-01-15T08:00:00Z", []],
  ["dateTime", "2126-01-15T08:00:00Z", ["date"]],
  ["dateTime", "1970-01-15", ["date"]],
  ["date", "15.01.2026", ["date"]],
  ["Period", { start: "2026-01-15", end: "2026-01-14" }, ["period"]],
  ["Period", { start: "2026-01-15" }, []],
  ["code", "GLU", []],
  ["code", "2345-7", []],
  ["code", "ZZ", ["table"]],
])("a %s %j has wrong: %j", (type, value, wrong) => {
  expect(wrongIn(type, value)).toEqual(wrong);
});

test.each([
  ["Coding", { system: "urn:own", code: "GLU" }, true],
  ["CodeableConcept", concept({ system: "http://loinc.org", code: "2345-7" }), true],
  ["code", "glucose", true],
  ["Coding", { system: "http://loinc.org", code: "4548-4" }, false],
  ["code", "ZZ", false],
])("a %s %j is of the value set of GLU and glucose: %s", (type, value, isIn) => {
  const allowed = allowedCodes({ codes: ["glu", "glucose"], table: "x" }, rows);
  const only = { systems: new Set(), known: undefined, allowed };
  expect(wrongIn(type, value, only)).toEqual(isIn ? [] : ["valueSet"]);
});

test("a visit that is planned may lie ahead, and a birth date not", () => {
  const times = timeLimits({ resourceType: "Encounter", status: "planned" }, { now });
  expect(wrongIn("dateTime", "2027-05-01", { times })).toEqual([]);
  const ofPatient = timeLimits({ resourceType: "Patient" }, { now, birthDate: "2027-05-01" });
  expect(wrongIn("date", "2027-05-01", { times: ofPatient })).toEqual(["date"]);
});

test.each([
  { born: "1980-01-15", at: "1980-01-15T01:00:00+09:00", wrong: [] },
  { born: "1980-01-15", at: "1980-01-13T12:00:00-06:00", wrong: ["date"] },
])("a time of the day of birth is plausible in every time zone: $at", ({ born, at, wrong }) => {
  const times = timeLimits({ resourceType: "Observation" }, { now, birthDate: born });
  expect(wrongIn("dateTime", at, { times })).toEqual(wrong);
});

test.each([
  { wrong: 1, severity: "remark" },
  { wrong: 30, severity: "bad" },
])("$wrong wrong values of 300 are told as $severity", ({ wrong, severity }) => {
  const tally = tallied(300, 300);
  for (let index = 0; index < 300; index += 1)
    tally.check(`p${index}`, { what: "unit", isWrong: index < wrong, where: "", value: "" });
  const { findings, good } = judged(tally);
  expect(findings).toMatchObject([{ code: "probe.noUnit", severity }]);
  expect(good.verdict).toBe(severity === "bad" ? "no" : "yes");
});

test("of one thick record three references are followed, and of others theirs", () => {
  const references = new References(5);
  const resource = { resourceType: "Patient" } as const;
  const refer = (patient: string, ids: readonly string[]) =>
    references.add(
      ids.map((id) => ({ type: "Reference", value: { reference: `Encounter/${id}` } })),
      { patient, where: "", resource },
    );
  refer("p1", ["a", "b", "c", "d"]);
  refer("p2", ["e", "f", "g"]);
  expect(references.all.map(({ id }) => id)).toEqual(["a", "b", "c", "e", "f"]);
});

test("what got worse since the report before is told with both figures", () => {
  const reportOf = (filled: number) =>
    ({
      id: `r${filled}`,
      endedAt: now,
      server: { software: "Release 1" },
      elements: [judged(tallied(filled, 60))],
    }) as unknown as ProbeReport;
  const [after] = withHistory(reportOf(30), reportOf(60)).elements;
  const dropped = after?.findings.find(({ code }) => code === "probe.dropped");
  expect(dropped?.text).toBe(
    "It stood in 100 % (93–100) of the records, and stands in 50 % (37–63) now.",
  );
  const [same] = withHistory(reportOf(58), reportOf(60)).elements;
  expect(same?.findings.map(({ code }) => code)).not.toContain("probe.dropped");
});

describe("the same records of two feeds", () => {
  const lab = (id: string, more: object) =>
    ({ resourceType: "Observation", id, status: "final", ...more }) as never;
  const code = concept({ system: "http://loinc.org", code: "2345-7" });
  const at = (effectiveDateTime: string) => ({ code, effectiveDateTime });

  test("are found by identifier, else by code and minute; what is older than the feed counts not", () => {
    const fhir = [
      lab("f1", { identifier: [{ value: "900" }] }),
      lab("f2", at("2026-01-02T08:00:10Z")),
      lab("f3", at("2026-01-03T08:00:00Z")),
      lab("f0", at("2020-01-01T08:00:00Z")),
    ];
    const hl7 = [
      lab("h1", { identifier: [{ value: "900" }] }),
      lab("h2", at("2026-01-02T08:00:00Z")),
      lab("h4", at("2026-01-04T08:00:00Z")),
    ];
    const { pairs, onlyFhir, onlyHl7 } = matchResources(fhir, hl7);
    expect(pairs.map(([one, other]) => `${one.id} ${other.id}`)).toEqual(["f1 h1", "f2 h2"]);
    expect([onlyFhir, onlyHl7]).toEqual([1, 1]);
  });

  test.each([
    ["Quantity", { value: 6.1, unit: "%" }, { value: 6.1, code: "%" }, true],
    ["Quantity", { value: 6.1 }, { value: 6.2 }, false],
    ["CodeableConcept", code, concept({ code: "GLU" }, { code: "2345-7" }), true],
    ["string", "Beam ", "beam", true],
    ["dateTime", "2026-01-02T08:00:10Z", "2026-01-02T02:00:00-06:00", true],
    ["date", "1980-01-15", "1980-01-16", false],
  ])("say the same of a %s: %j and %j is %s", (...given) => {
    const [type, one, other, isSame] = given;
    expect(saySame([{ type, value: one }], [{ type, value: other }])).toBe(isSame);
  });
});

test("elements of one search are looked for together, and what is only named is measured", () => {
  const { searches, written, fields } = planOf({
    scopes: ["system/Patient.rs", "system/Observation.rs?category=laboratory", "system/Location.r"],
    elements: { Patient: ["birthDate", "name"] },
    data: [
      element,
      { ...element, resource: "Observation", path: "code", access: "write" },
      { type: "hl7", message: "ADT", field: "PID-7", need: "useful", minFill: 0.5, systems: [] },
    ],
  });
  expect(searches.map(({ resource, among }) => [resource, among])).toEqual([
    ["Patient", undefined],
    ["Observation", "category=laboratory"],
  ]);
  expect(
    searches[0]?.elements.map(({ element: { path, need, minFill } }) => [path, need, minFill]),
  ).toEqual([
    ["birthDate", "required", 0.9],
    ["name", "useful", 0],
  ]);
  expect([written.length, fields.length]).toEqual([1, 1]);
});

test.each([
  [["good", "good"], "All 2 required elements are there, permitted, populated and good."],
  [["good", "finding"], "1 of 2 required elements is not good enough."],
  [["good", "undecided"], "1 of 2 required elements are good, 1 cannot be told from this sample."],
] as const)("%j is said in a sentence", (verdicts, sentence) => {
  const elements = verdicts.map((verdict) => ({ need: "required", verdict }) as const);
  expect(situationOf(elements)).toBe(sentence);
});
