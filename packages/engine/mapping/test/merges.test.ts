import { reveal } from "@trestle/base";
import { describe, expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { cases, read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { resourcesOf } from "./resources.ts";

const mapper = createMapper();
const account = "https://lakeshore.example/identifiers/account";

function mapped(event: string, mrg: string) {
  const lines = [
    `MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|20260301100000||ADT^${event}|1|T|2.5.1`,
    "PID|1||900001^^^LKS^MR||BEAM^ADA|||||||||||||80000007",
    `MRG|${mrg}`,
  ];
  return mapper.map(read(lines.join("\r")), lakeshore);
}

describe("which patients a message makes one", () => {
  test.each(["A18", "A30", "A34", "A36", "A39", "A40"])("%s names both", (event) => {
    const { patient, merged, warnings } = mapped(event, "900034^^^LKS^MR");
    expect([patient, merged].map((each) => each && reveal(each.key))).toEqual([
      "https://lakeshore.example/identifiers/mrn|900001",
      "https://lakeshore.example/identifiers/mrn|900034",
    ]);
    expect(warnings).toEqual([]);
  });

  test("A40 names every pair, and a patient who replaces several with each", () => {
    const pairs = [
      ["900001", "900034"],
      ["900002", "900035"],
      ["900001", "900036"],
    ];
    const segments = pairs.flatMap(([patient = "", prior = ""]) => [
      `PID|1||${patient}^^^LKS^MR||BEAM^ADA`,
      `MRG|${prior}^^^LKS^MR`,
    ]);
    const header = "MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|20260301100000||ADT^A40|1|T|2.5.1";
    const { patient, merged, others } = mapper.map(
      read([header, ...segments].join("\r")),
      lakeshore,
    );
    const named = [{ patient, merged }, ...(others ?? [])].map((each) =>
      [each.patient, each.merged].map((one) => one && reveal(one.key).split("|")[1]),
    );
    expect(named).toEqual(pairs);
  });

  test("everybody is named with the id of their Patient in the bundle, where it has one", () => {
    const segments = ["PID|1||900001^^^LKS^MR", "MRG|900034^^^LKS^MR"];
    const others = ["PID|2||900002^^^LKS^MR", "MRG|900002^^^LKS^MR", "PID|3||||BEAM^ADA"];
    const header = "MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|20260301100000||ADT^A40|1|T|2.5.1";
    const told = mapper.map(read([header, ...segments, ...others].join("\r")), lakeshore);
    const [one, prior, two, nameless] = resourcesOf(told.bundle, "Patient").map(({ id }) => id);
    const named = [told, ...(told.others ?? [])].map(({ patient, merged }) => [
      patient?.resourceId,
      merged?.resourceId,
    ]);
    // Who replaces themselves stands there once.
    expect(named).toEqual([
      [one, prior],
      [two, two],
    ]);
    expect(nameless).toBeDefined();
  });

  test.each(["A35", "A41"])("%s merges accounts and no patients", (event) => {
    const { merged, bundle, warnings } = mapped(event, "900001^^^LKS^MR||80000008");
    expect(merged).toBeUndefined();
    expect(warnings).toEqual([]);
    const accounts = resourcesOf(bundle, "Account");
    const [survivor, prior] = accounts;
    expect(accounts.map(({ identifier, status }) => [identifier?.[0], status])).toMatchObject([
      [{ system: account, value: "80000007" }, "active"],
      [{ system: account, value: "80000008" }, "inactive"],
    ]);
    expect(prior?.partOf?.reference).toBe(`urn:uuid:${survivor?.id ?? ""}`);
  });

  test.each(["A43", "A44", "A45", "A47", "A49"])("%s merges nobody and warns", (event) => {
    const { merged, warnings } = mapped(event, "900034^^^LKS^MR");
    expect(merged).toBeUndefined();
    expect(warnings.map(({ code }) => code)).toEqual(["mapping.mergeNotMapped"]);
  });
});

test("each visit of a message is an encounter of its own", () => {
  const message = cases.find(({ name }) => name === "adt-a45-moved-visit")?.message;
  if (message === undefined) throw new TypeError("the case is gone");
  const visits = resourcesOf(mapper.map(message, lakeshore).bundle, "Encounter");
  const numbers = visits.map(({ identifier = [] }) => identifier.map(({ value }) => value));
  expect(numbers).toEqual([["80000045"], ["80000046"]]);
});
