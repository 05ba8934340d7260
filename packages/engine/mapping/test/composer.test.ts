import { describe, expect, test } from "vitest";
import { codeTables, readBundle, readCodeTable } from "../src/index.ts";
import { type ComposeRequest, createComposer } from "../src/to-v2/index.ts";
import { caseOf, changed, composed, problemsOf } from "./composed-cases.ts";
import { fromFhirCases } from "./from-fhir-cases.ts";
import { lakeshore } from "./lakeshore.ts";

describe("a time", () => {
  test.each([
    { at: "2026-01-15T21:00:00Z", written: "20260115150000", why: "is told by the site's clock" },
    { at: "2026-07-15T21:00:00Z", written: "20260715160000", why: "is told in summer too" },
    { at: "2026-03-08T08:00:00Z", written: "20260308030000", why: "jumps with the clock" },
    { at: "2026-11-01T06:30:00Z", written: "20261101013000-0500", why: "says which of two hours" },
    { at: "2026-11-01T07:30:00Z", written: "20261101013000-0600", why: "says it of the second" },
    { at: "2026-01-01T03:00:00+09:00", written: "20251231120000", why: "may be of another day" },
    { at: "2026-01-15T21:00:00.25Z", written: "20260115150000.25", why: "keeps its fraction" },
    {
      at: "1850-01-15T21:00:00Z",
      written: "18500115210000+0000",
      why: "from before time zones keeps its offset",
    },
    { at: "2026-01-15", written: "20260115", why: "without a clock is not moved" },
    { at: "2026-01", written: "202601", why: "is as precise as it was" },
    { at: "2026", written: "2026", why: "may be a year" },
  ])("$at $why: $written", ({ at, written }) => {
    expect(composed(withElement("DocumentReference", "date", at)).get("TXA-6")).toBe(written);
  });

  test.each(["2026-02-30T10:00:00Z", "2026-13-01", "soon", "2026-01-15T25:00:00Z", "20260115"])(
    "%s is refused",
    (at) => {
      const found = problemsOf(withElement("DocumentReference", "date", at));
      expect(found.map(({ code, at: place }) => [code, place])).toEqual([
        ["mapping.badTime", "entry[5].resource.date"],
      ]);
    },
  );

  test("finer than HL7 knows is cut with a warning", () => {
    const request = withElement("DocumentReference", "date", "2026-01-15T21:00:00.123456Z");
    expect(composed(request).get("TXA-6")).toBe("20260115150000.1234");
    expect(warningsOf(request)).toContain("mapping.cutFraction");
  });
});

describe("a limit", () => {
  const note = caseOf("mdm-t02-text-note");

  test.each([
    { limits: { maxTextCharacters: 30 }, code: "mapping.textTooLong", at: "OBX-5" },
    { limits: { maxSegments: 5 }, code: "mapping.tooManySegments", at: undefined },
  ])("of $limits is a problem of its own", ({ limits, code, at }) => {
    expect(problemsOf(note, limits)).toContainEqual(
      expect.objectContaining({ code, ...(at && { at }) }),
    );
  });

  test("of content is another than that of texts", () => {
    const file = caseOf("mdm-t02-pdf");
    expect(problemsOf(file, { maxTextCharacters: 40, maxContentCharacters: 100 })).toEqual([]);
    expect(problemsOf(file, { maxContentCharacters: 20 })).toEqual([
      expect.objectContaining({ code: "mapping.textTooLong", at: "OBX-5.5" }),
    ]);
  });
});

describe("a code", () => {
  test("of which several local codes mean the same is sent as the first that is mapped, with a note", () => {
    const request = atSite(
      "gender",
      "P,Woman,urn:g,female,proposed,\nW,Woman,urn:g,female,mapped,\nF,Woman,urn:g,female,mapped,\n",
    );
    const result = createComposer().compose(request);
    expect(composed(request).get("PID-8")).toBe("W");
    expect(result.ok && result.value.notes.map(({ code, text }) => [code, text])).toContainEqual([
      "mapping.severalLocalCodes",
      expect.stringContaining("gender: W"),
    ]);
  });

  test("that is only proposed is sent with a warning", () => {
    const tables = codeTables(new Map([["gender", rowsOf("Fem,Woman,urn:g,fem,proposed,\n")]]));
    const request = {
      ...withElement("Patient", "gender", "fem"),
      site: { ...lakeshore, tables: both(tables) },
    };
    expect(composed(request).get("PID-8")).toBe("Fem");
    expect(warningsOf(request)).toContain("mapping.proposedCode");
  });

  test("that a row is not mapped to on purpose is no way back", () => {
    const request = withElement("Patient", "gender", "none");
    expect(problemsOf(request)).toContainEqual(
      expect.objectContaining({ code: "mapping.unlistedCode", at: "entry[0].resource.gender" }),
    );
  });
});

describe("what belongs elsewhere", () => {
  test("is refused where it names another visit", () => {
    const chosen = caseOf("oru-r01-pdf-report");
    const request = changed(chosen, "Observation", (observation) => {
      Object.assign(observation, { encounter: { reference: "Encounter/other" } });
    });
    expect(problemsOf(request).map(({ code }) => code)).toEqual(["mapping.otherVisit"]);
  });

  test("is refused where it names another account", () => {
    const request = changed(caseOf("dft-p03-charges"), "ChargeItem", (charge, index) => {
      if (index === 1) Object.assign(charge, { account: [{ identifier: { value: "8" } }] });
    });
    expect(problemsOf(request).map(({ code }) => code)).toEqual(["mapping.otherVisit"]);
  });

  test.each([
    { named: "by a reference", subject: { reference: "Patient/bo" } },
    { named: "by a number", subject: { identifier: { system: "urn:x", value: "900002" } } },
    { named: "by an address", subject: { reference: "https://other.example/fhir/Patient/ada" } },
  ])("is refused where it names another patient $named", ({ subject }) => {
    const request = changed(caseOf("oru-r01-pdf-report"), "Observation", (observation) => {
      Object.assign(observation, { subject });
    });
    expect(problemsOf(request).map(({ code }) => code)).toContain("mapping.otherPatient");
  });

  test("is taken where it names the same patient by a number", () => {
    const request = changed(caseOf("oru-r01-pdf-report"), "Observation", (observation) => {
      const identifier = { system: "https://lakeshore.example/identifiers/mrn", value: "900001" };
      Object.assign(observation, { subject: { identifier } });
    });
    expect(problemsOf(request)).toEqual([]);
  });
});

const actReason = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
const refusals = "urn:trestle:lakeshore:NIP002";

test.each([
  { why: { coding: [{ system: actReason, code: "PATOBJ" }] }, status: "RE" },
  { why: { coding: [{ code: "RELIG" }] }, status: "RE" },
  { why: { coding: [{ system: refusals, code: "00" }] }, status: "RE" },
  {
    why: {
      coding: [
        { system: "urn:local", code: "7" },
        { system: actReason, code: "VACSAF" },
      ],
    },
    status: "RE",
  },
  { why: { coding: [{ system: actReason, code: "OSTOCK" }] }, status: "NA" },
  { why: { coding: [{ system: "http://snomed.info/sct", code: "397745006" }] }, status: "NA" },
  { why: { coding: [{ system: "urn:local", code: "PATOBJ" }] }, status: "NA" },
  { why: { coding: [{ system: refusals, code: "77" }] }, status: "NA" },
  { why: { text: "Child had a fever" }, status: "NA" },
])("a dose that was not given because of $why is $status", ({ why, status }) => {
  const request = changed(caseOf("vxu-v04-immunizations"), "Immunization", (dose, index) => {
    if (index === 0) Object.assign(dose, { status: "not-done", statusReason: why });
  });
  const [first] = composed(request).all("RXA");
  expect(first?.field(20).text).toBe(status);
});

describe("the event", () => {
  test.each([
    { kind: "MDM", change: "modified", type: "DocumentReference", status: "current", event: "T08" },
    {
      kind: "MDM",
      change: undefined,
      type: "DocumentReference",
      status: "entered-in-error",
      event: undefined,
    },
    { kind: "SIU", change: "new", type: "Appointment", status: "arrived", event: "S12" },
    { kind: "SIU", change: undefined, type: "Appointment", status: "fulfilled", event: "S14" },
    { kind: "SIU", change: "cancelled", type: "Appointment", status: "booked", event: undefined },
    { kind: "SIU", change: undefined, type: "Appointment", status: "proposed", event: undefined },
    {
      kind: "SIU^S13",
      change: "modified",
      type: "Appointment",
      status: "booked",
      event: undefined,
    },
    { kind: "SRM", change: "rescheduled", type: "Appointment", status: "booked", event: "S02" },
    { kind: "SRM", change: "modified", type: "Appointment", status: "pending", event: "S03" },
    { kind: "SRM", change: "cancelled", type: "Appointment", status: "booked", event: "S04" },
  ] as const)(
    "of $kind, $status, change $change is $event",
    ({ kind, change, type, status, event }) => {
      const base = caseOf(type === "Appointment" ? "siu-s12-booked" : "mdm-t02-text-note");
      const asked = { ...base, kind, ...(change && { change }) };
      const request = changed(asked, type, (resource) => {
        Object.assign(resource, { status });
      });
      const result = createComposer().compose(request);
      expect(result.ok ? result.value.kind.slice(4) : undefined).toBe(event);
      if (!result.ok)
        expect(result.problem.map(({ code }) => code)).toEqual(["mapping.kindDoesNotFit"]);
    },
  );
});

test.each([
  { status: "final", problems: ["mapping.noValue"] },
  { status: "cancelled", problems: [] },
])("a result that is $status and has no value: $problems", ({ status, problems }) => {
  const request = changed(caseOf("oru-r01-pdf-report"), "Observation", (observation) => {
    Object.assign(observation, { status });
    Reflect.deleteProperty(observation, "valueQuantity");
  });
  expect(problemsOf(request).map(({ code }) => code)).toEqual(problems);
});

test("a role leads to its person, and a role of a role to nobody", () => {
  const request = changed(caseOf("oru-r01-pdf-report"), "Practitioner", (person) => {
    Object.assign(person, {
      resourceType: "PractitionerRole",
      practitioner: { reference: "Practitioner/strut" },
    });
  });
  expect(composed(request).get("PV1-7")).toBeUndefined();
});

test("a control character becomes a blank, with a warning that names the field", () => {
  const request = withElement("DocumentReference", "description", "A\u{7}B\tC");
  expect(composed(request).get("TXA-25")).toBe("A B C");
  expect(warningsOf(request)).toContain("mapping.controlCharacter");
});

test("a text without end is told apart from the HL7 null", () => {
  const request = withElement("DocumentReference", "description", '""');
  expect(composed(request).first("TXA")?.field(25).isNull).toBe(false);
});

test("no problem, warning or note holds what a bundle says of a patient", () => {
  const telling = fromFhirCases.flatMap(({ request }) => {
    const result = createComposer().compose(request);
    if (!result.ok) return result.problem;
    return [...result.value.warnings, ...result.value.notes];
  });
  expect(telling.length).toBeGreaterThan(30);
  expect(
    telling.filter((problem) => /BEAM|ADA|900001|555-01|1980/u.test(JSON.stringify(problem))),
  ).toEqual([]);
});

test.each(["", "[]", "{}", "null", '{"resourceType":"Patient"}', "MSH|"])(
  "%j is no bundle",
  (json) => {
    const read = readBundle(json);
    expect(read.ok ? "" : read.problem.code).toBe("mapping.notABundle");
  },
);

function warningsOf(request: ComposeRequest): readonly string[] {
  const result = createComposer().compose(request);
  return result.ok ? result.value.warnings.map(({ code }) => code) : [];
}

/** The case of a note with one element of one resource exchanged. */
function withElement(type: string, name: string, value: unknown): ComposeRequest {
  return changed(caseOf("mdm-t02-text-note"), type, (resource) => {
    Object.assign(resource, { [name]: value });
  });
}

/** Lakeshore with further rows in front of a table. */
function atSite(table: string, rows: string): ComposeRequest {
  const tables = codeTables(new Map([[table, rowsOf(rows)]]));
  return { ...caseOf("mdm-t02-text-note"), site: { ...lakeshore, tables: both(tables) } };
}

function rowsOf(rows: string) {
  return readCodeTable(`local,display,system,code,status,note\n${rows}`, "table.csv").rows;
}

/** The tables of one site before those of Lakeshore. */
function both(first: ReturnType<typeof codeTables>): ReturnType<typeof codeTables> {
  const { tables } = lakeshore;
  const ofGender = (name: string) => (name === "gender" ? first : tables);
  const all: ReturnType<typeof codeTables> = {
    names: tables.names,
    find: (name, local) => ofGender(name).find(name, local),
    rows: (name) => ofGender(name).rows(name),
    on: () => all,
  };
  return all;
}
