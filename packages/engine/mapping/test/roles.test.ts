import { describe, expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { resourcesOf } from "./resources.ts";

const mapper = createMapper();
const doctor = "1003^PIKE^OTIS^^^^^^PROVID";

describe.each(["DE", "D"])("who is taken out of a role by %s", (action) => {
  test("is no general practitioner", () => {
    expect(generalPractitioners(`ROL||${action}|PP|${doctor}`)).toEqual([]);
    expect(generalPractitioners(`PRT||${action}||PP|${doctor}`)).toEqual([]);
  });

  test("is none either where the role is told in detail, and has the role no more", () => {
    const role = `ROL|R1^ROLES|${action}|PP|${doctor}|20250101|||||||^WPN^PH^^^414^5550100`;
    expect(generalPractitioners(role)).toEqual([]);
    expect(rolesIn(role)).toMatchObject([{ active: false, practitioner: expect.anything() }]);
  });

  test("takes no part in the visit", () => {
    const visit = "PV1|1|I|W1^101^A^LKS||||||||||||||||80000001^^^LKS^VN";
    expect(participants(visit, `ROL||${action}|CP|${doctor}`)).toEqual([]);
    const detailed = `ROL|R1^ROLES|${action}|CP|${doctor}|20250101`;
    expect(participants(visit, detailed)).toEqual([]);
    expect(rolesIn(visit, detailed)).toMatchObject([{ active: false }]);
  });

  test("has it all the same where the message gives it again, before or after", () => {
    const visit = "PV1|1|I|W1^101^A^LKS||||||||||||||||80000001^^^LKS^VN";
    const gone = `ROL|R1^ROLES|${action}|CP|${doctor}|20250101`;
    const given = `ROL|R1^ROLES|AD|CP|${doctor}|20260301`;
    for (const roles of [
      [gone, given],
      [given, gone],
    ]) {
      expect(participants(visit, ...roles)).toHaveLength(1);
      const [role, ...others] = rolesIn(visit, ...roles);
      expect(role?.active).toBeUndefined();
      expect(role?.period).toEqual({ start: "2026-03-01" });
      expect(others).toEqual([]);
    }
    const other = `ROL|R2^ROLES|AD|CP|${doctor}|20260301`;
    expect(rolesIn(visit, gone, other).map(({ active }) => active)).toEqual([false, undefined]);
  });

  test("leaves the care team as it was where nobody else is named, and a warning", () => {
    const members = [`ROL||${action}|CP|${doctor}`, `PRT||${action}||CP|1004^STONE^IDA`];
    const { bundle, warnings } = mapped(members);
    expect(resourcesOf(bundle, "CareTeam")).toEqual([]);
    expect(warnings.map(({ code, at }) => `${code} ${at ?? ""}`)).toEqual([
      "mapping.roleKept ROL",
      "mapping.roleKept PRT",
    ]);
  });

  test("leaves the others in the care team", () => {
    const [team] = teamsIn(`ROL||${action}|CP|${doctor}`, "ROL||AD|CP|1004^STONE^IDA^^^^^^PROVID");
    expect(team).toMatchObject({ status: "active" });
    expect(team?.participant?.map(({ member }) => member?.display)).toEqual(["IDA STONE"]);
  });
});

describe("who gives primary care until a day", () => {
  const until = (end: string) => `ROL||AD|PP|${doctor}|20250101|${end}`;

  test.each(["20260228", "202602", "20260301095900"])(
    "is no general practitioner after %s",
    (end) => {
      expect(generalPractitioners(until(end))).toEqual([]);
      expect(rolesIn(until(end))).toMatchObject([{ active: false, period: expect.anything() }]);
    },
  );

  test.each(["20260301", "202603", "20260301100100"])("is one up to %s", (end) => {
    expect(generalPractitioners(until(end))).toHaveLength(1);
    expect(rolesIn(until(end))[0]?.active).toBeUndefined();
  });
});

test("a role that is left without anybody gives a warning, for the record keeps who was in it", () => {
  const visit = "PV1|1|I|W1^101^A^LKS||||||||||||||||80000001^^^LKS^VN";
  const codes = (...segments: readonly string[]) =>
    mapped(segments).warnings.map(({ code, at }) => `${code} ${at ?? ""}`);
  expect(codes(`ROL||DE|PP|${doctor}`)).toEqual(["mapping.roleKept ROL"]);
  expect(codes(`ROL||DE|PP|${doctor}`, "ROL||AD|PP|1004^STONE^IDA^^^^^^PROVID")).toEqual([]);
  expect(codes(visit, `ROL||DE|CP|${doctor}`)).toEqual(["mapping.roleKept ROL"]);
  const another = "ROL||AD|AT|1004^STONE^IDA^^^^^^PROVID";
  expect(codes(visit, `ROL||DE|CP|${doctor}`, another)).toEqual([]);
});

test("who is named for another patient of the message fills no role that is left", () => {
  const visit = (number: number) => `PV1|1|I|W1^101^A^LKS||||||||||||||||${number}^^^LKS^VN`;
  const { warnings } = mapped([
    visit(80000001),
    `ROL||DE|PP|${doctor}`,
    `ROL||DE|CP|${doctor}`,
    "PID|2||900002^^^LKS^MR||MOSS^JON",
    visit(80000002),
    `ROL||AD|PP|${doctor}`,
    `ROL||AD|CP|${doctor}`,
  ]);
  expect(warnings.flatMap(({ code, at }) => (code === "mapping.roleKept" ? at : []))).toEqual([
    "ROL",
    "ROL[1]",
  ]);
});

test("a relative or a device that is none any more says nothing of the care team", () => {
  const { bundle, warnings } = mapped([
    "PRT|1|DE||MTH^Mother^HL70063|M1^BEAM^MARY^^^^^^LKS",
    "PRT|2|DE||EQUIP^Equipment^HL70912||||||PUMP-1^DEVICES",
  ]);
  expect(resourcesOf(bundle, "CareTeam")).toEqual([]);
  expect(resourcesOf(bundle, "RelatedPerson")).toMatchObject([{ active: false }]);
  expect(warnings.filter(({ code }) => code === "mapping.roleKept")).toEqual([]);
});

function generalPractitioners(...segments: readonly string[]) {
  return resourcesOf(map(segments), "Patient")[0]?.generalPractitioner ?? [];
}

function participants(...segments: readonly string[]) {
  return resourcesOf(map(segments), "Encounter")[0]?.participant ?? [];
}

function rolesIn(...segments: readonly string[]) {
  return resourcesOf(map(segments), "PractitionerRole");
}

function teamsIn(...segments: readonly string[]) {
  return resourcesOf(map(segments), "CareTeam");
}

function map(segments: readonly string[]) {
  return mapped(segments).bundle;
}

function mapped(segments: readonly string[]) {
  const lines = [
    "MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|20260301100000||ADT^A08|1|T|2.8",
    "PID|1||900001^^^LKS^MR||BEAM^ADA",
    ...segments,
  ];
  return mapper.map(read(lines.join("\r")), lakeshore);
}
