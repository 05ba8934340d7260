import type { Bundle } from "@trestle/fhir";
import { describe, expect, test } from "vitest";
import { bundleDifferences } from "../src/bundle-differences.ts";

type Resource = Readonly<Record<string, unknown>>;

/** Resources by their id. */
function bundle(resources: Readonly<Record<string, Resource>>): Bundle {
  const entry = Object.entries(resources).map(([id, resource]) => ({
    fullUrl: `urn:uuid:${id}`,
    resource: { id, ...resource },
  }));
  return { resourceType: "Bundle", type: "collection", entry } as Bundle;
}

const patient = { resourceType: "Patient", birthDate: "1980-01-15" };
const observation = (code: string, subject = "p") => ({
  resourceType: "Observation",
  code: { coding: [{ system: "http://loinc.org", code }] },
  subject: { reference: `urn:uuid:${subject}` },
});

function told(one: Bundle, other: Bundle): readonly string[] {
  return bundleDifferences(one, other).map(
    ({ kind, resourceType, keys }) => `${kind} ${[resourceType, ...keys].join(".")}`,
  );
}

describe("two results of a message", () => {
  test.each([
    { what: "are the same", other: { p: patient, o: observation("1") }, found: [] },
    {
      what: "come in another order",
      other: { o: observation("1"), p: patient },
      found: [],
    },
    {
      what: "have another code",
      other: { p: patient, o: observation("2") },
      found: ["changed Observation.code.coding.code"],
    },
    {
      what: "lack a value",
      other: { p: { resourceType: "Patient" }, o: observation("1") },
      found: ["removed Patient.birthDate"],
    },
    {
      what: "lack a resource",
      other: { p: patient },
      found: ["removed Observation"],
    },
    {
      what: "have one more in front",
      other: { a: observation("7"), p: patient, o: observation("1") },
      found: ["added Observation"],
    },
    {
      what: "name the patient by a new id, which references follow",
      other: { q: patient, o: observation("1", "q") },
      found: ["changed Patient.id"],
    },
    {
      what: "refer to somebody else",
      other: { p: patient, o: observation("1", "x") },
      found: ["changed Observation.subject.reference"],
    },
    {
      what: "have a list in place of a text",
      other: { p: { ...patient, birthDate: ["1980"] }, o: observation("1") },
      found: ["removed Patient.birthDate", "added Patient.birthDate"],
    },
  ])("that $what differ so", ({ other, found }) => {
    expect(told(bundle({ p: patient, o: observation("1") }), bundle(other))).toEqual(found);
  });

  test("tell written digits apart", () => {
    const exact = JSON as unknown as { rawJSON(text: string): unknown };
    const of = (value: unknown) => bundle({ o: { resourceType: "Observation", value } });
    expect(told(of(exact.rawJSON("6.10")), of(6.1))).toEqual(["changed Observation.value"]);
    expect(told(of(exact.rawJSON("6.1")), of(6.1))).toEqual([]);
  });

  test("say where a value stands in each", () => {
    const names = (...all: string[]) => ({ ...patient, name: all.map((family) => ({ family })) });
    const [difference] = bundleDifferences(
      bundle({ p: names("A") }),
      bundle({ z: observation("1"), p: names("N", "A") }),
    );
    expect(difference?.pathInOther()).toBe("entry[1].resource.name[0].family");
    expect(difference?.pathInOne()).toBeUndefined();
  });
});
