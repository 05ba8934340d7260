import { describe, expect, test } from "vitest";
import { capabilityStatement } from "../../src/fhir/capability/capability-statement.ts";
import { typesOf } from "../../src/fhir/capability/releases.ts";
import { r4Problems } from "../support/r4.ts";

const question = {
  switches: { release: "May 2026" },
  fhirBase: "http://127.0.0.1:8090/interconnect/api/FHIR/R4",
  authorize: "http://127.0.0.1:8090/interconnect/oauth2/authorize",
  token: "http://127.0.0.1:8090/interconnect/oauth2/token",
  now: Date.parse("2026-07-24T20:25:44.123Z"),
};

function statement(release = "May 2026") {
  return capabilityStatement({ ...question, switches: { release } });
}

function resource(type: string, release?: string) {
  return statement(release).rest?.[0]?.resource?.find((each) => each.type === type);
}

describe("2.1 CapabilityStatement", () => {
  test("is valid R4", () => {
    expect(r4Problems(statement())).toEqual([]);
  });

  test("has the members of its head in order, and no others", () => {
    expect(Object.keys(statement())).toEqual([
      "resourceType",
      "status",
      "experimental",
      "date",
      "copyright",
      "kind",
      "instantiates",
      "software",
      "implementation",
      "fhirVersion",
      "format",
      "rest",
    ]);
    expect(statement()).toMatchObject({
      status: "active",
      experimental: true,
      kind: "instance",
      instantiates: [
        "http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data",
        "http://hl7.org/fhir/us/core/CapabilityStatement/us-core-server|6.1.0",
      ],
      implementation: { description: "FHIR Sandbox FHIR Server", url: question.fhirBase },
      fhirVersion: "4.0.1",
      format: ["xml", "json"],
    });
    expect(Object.keys(statement().rest?.[0] ?? {})).toEqual(["mode", "security", "resource"]);
  });

  test("has the time of the request", () => {
    expect(statement().date).toBe("2026-07-24T20:25:44Z");
  });

  test.each([
    { release: "May 2026", releaseDate: "2026-05-11" },
    { release: "February 2026", releaseDate: "2026-02-09" },
  ])("says that $release came on $releaseDate", ({ release, releaseDate }) => {
    expect(statement(release).software).toEqual({ name: "Epic", version: release, releaseDate });
  });

  test("lists 59 types, none with a version", () => {
    const resources = statement().rest?.[0]?.resource ?? [];
    expect(resources).toHaveLength(59);
    expect(resources.filter((each) => "versioning" in each)).toEqual([]);
    expect(resources.filter(({ updateCreate }) => updateCreate !== false)).toEqual([]);
  });

  test("searches of every searchable type include everything, and provenance in reverse", () => {
    expect(resource("Observation")).toMatchObject({
      searchInclude: ["*"],
      searchRevInclude: ["Provenance:target"],
    });
    expect(resource("Provenance")).not.toHaveProperty("searchInclude");
  });

  test("names documented parameters, then _count and _id, then those without a word", () => {
    const listed = resource("Goal")?.searchParam ?? [];
    expect(listed.map(({ name }) => name)).toEqual([
      "category",
      "lifecycle-status",
      "patient",
      "start-date",
      "subject",
      "_count",
      "_id",
      "achievement-status",
      "identifier",
      "target-date",
    ]);
    expect(listed.slice(7).filter(({ documentation }) => documentation !== undefined)).toEqual([]);
    expect(listed.slice(0, 7).every(({ documentation }) => documentation !== undefined)).toBe(true);
  });

  test.each([
    { type: "Observation", name: "date", kind: "date" },
    { type: "Observation", name: "patient", kind: "reference" },
    { type: "Observation", name: "code", kind: "token" },
    { type: "Patient", name: "family", kind: "string" },
    { type: "Condition", name: "onset-date", kind: "date" },
  ])("says that $name of $type is a $kind", ({ type, name, kind }) => {
    const listed = resource(type)?.searchParam?.find((each) => each.name === name);
    expect(listed?.type).toBe(kind);
  });

  test("claims US Core 6.1.0, but not for Location and QuestionnaireResponse", () => {
    expect(resource("Patient")?.supportedProfile).toEqual([
      "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient|6.1.0",
    ]);
    expect(resource("Location")).not.toHaveProperty("supportedProfile");
    expect(resource("QuestionnaireResponse")).not.toHaveProperty("supportedProfile");
  });
});

describe("1.2 /metadata security", () => {
  const childrenOf = (given: ReturnType<typeof statement>) =>
    given.rest?.[0]?.security?.extension?.[0]?.extension?.map(({ url }) => url);

  test("has authorize and token", () => {
    expect(childrenOf(statement())).toEqual(["authorize", "token"]);
  });

  test("has register where the asking client may register", () => {
    const register = "http://127.0.0.1:8090/interconnect/oauth2/register";
    expect(childrenOf(capabilityStatement({ ...question, register }))).toEqual([
      "authorize",
      "token",
      "register",
    ]);
  });
});

describe("5 releases", () => {
  test.each([
    { release: "May 2022", types: 53 },
    { release: "February 2024", types: 55 },
    { release: "August 2024", types: 57 },
    { release: "February 2025", types: 59 },
  ])("$release has $types types", ({ release, types }) => {
    expect(typesOf(release)).toHaveLength(types);
  });

  test("before May 2024 have no post-filters", () => {
    expect(resource("Goal", "February 2024")?.searchParam).toHaveLength(7);
    expect(resource("Goal", "May 2024")?.searchParam).toHaveLength(10);
  });
});
