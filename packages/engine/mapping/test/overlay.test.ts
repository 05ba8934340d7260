import { reveal } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import { describe, expect, test } from "vitest";
import { type Overlay, type RowChange, createMapper, siteMaps } from "../src/index.ts";
import { checkOverlay } from "../src/overlay/index.ts";
import { lakeshore } from "./lakeshore.ts";
import { resourcesOf } from "./resources.ts";

const mapper = createMapper();

function overlay(maps: Overlay["maps"], segments: Overlay["segments"] = {}): Overlay {
  return { segments, maps };
}

/** What the message maps to under an overlay; each value with its source, by its path. */
function mapped(changes: Overlay, ...segments: readonly string[]) {
  const text = [
    "MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|20260115103015||ADT^A08|7|T|2.5.1",
    "PID|1||900001^^^TH^MR||BEAM^ADA||19800115|F|||12 TEST ST^^MADISON^WI|||||M||||||||MILWAUKEE",
    "PD1||||1002^GABLE^ELOISE",
    ...segments,
  ].join("\r");
  const message = parseMessage(text);
  if (!message.ok) throw new TypeError(message.problem.text);
  const checked = checkOverlay(changes);
  expect(checked.problems).toEqual([]);
  const site = { ...lakeshore, maps: siteMaps(checked.overlay) };
  const plain = mapper.map(message.value, site);
  const { bundle, sources } = mapper.explain(message.value, site);
  // With and without an explanation, the result is one.
  expect(reveal(plain.bundle)).toEqual(reveal(bundle));
  const [patient] = (reveal(bundle).entry ?? []).map(({ resource }) => resource);
  return { patient, sources, resources: reveal(bundle).entry?.map(({ resource }) => resource) };
}

test("one message's own field never reaches another's result through what recurs", () => {
  const changes = overlay({
    facility: [{ change: "add", row: "own", to: "alias[]", from: "PID-23" }],
  });
  const site = { ...lakeshore, maps: siteMaps(checkOverlay(changes).overlay) };
  const own = createMapper();
  const aliases = ["MARSH", "COVE", ""].map((place) => {
    const text = [
      "MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|20260115103015||ADT^A08|7|T|2.5.1",
      `PID|1||900001^^^TH^MR||BEAM^ADA${"|".repeat(18)}${place}`,
      "PV1|1|I|WARD^1^A^TH",
    ].join("\r");
    const message = parseMessage(text);
    if (!message.ok) throw new TypeError(message.problem.text);
    const { bundle } = own.map(message.value, site);
    return resourcesOf(bundle, "Organization").flatMap(({ alias = [] }) => alias);
  });
  expect(aliases).toEqual([["MARSH"], ["COVE"], []]);
});

test("one message's own field never reaches another's result through a constant", () => {
  const changes = overlay(
    {
      patient: [
        { change: "add", row: "of", to: "managingOrganization", is: { display: "COVE CLINIC" } },
        { change: "add", row: "at", to: "managingOrganization.reference", from: "ZPD-2" },
      ],
    },
    { ZPD: "patient" },
  );
  const site = { ...lakeshore, maps: siteMaps(checkOverlay(changes).overlay) };
  const own = createMapper();
  const organizations = ["Organization/7", ""].map((reference) => {
    const text = [
      "MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|20260115103015||ADT^A08|7|T|2.5.1",
      "PID|1||900001^^^TH^MR||BEAM^ADA",
      `ZPD||${reference}`,
    ].join("\r");
    const message = parseMessage(text);
    if (!message.ok) throw new TypeError(message.problem.text);
    const { bundle } = own.map(message.value, site);
    return resourcesOf(bundle, "Patient").map(({ managingOrganization }) => managingOrganization);
  });
  expect(organizations).toEqual([
    [{ display: "COVE CLINIC", reference: "Organization/7" }],
    [{ display: "COVE CLINIC" }],
  ]);
});

const patient = (...changes: readonly RowChange[]) => overlay({ patient: changes });

describe("a site's overlay", () => {
  test("adds a row from a segment of the site's own, wherever it stands", () => {
    const changes = overlay(
      { patient: [{ change: "add", row: "nickname", to: "name[]", from: "ZPD-2" }] },
      { ZPD: "patient" },
    );
    const at = { use: "nickname", family: "BEAM" };
    expect(mapped(changes, "ZPD||BEAM^DOT^^^^^N").patient).toMatchObject({
      name: [
        { family: "BEAM", given: ["DOT"] },
        { family: "BEAM", given: ["ADA"] },
      ],
    });
    expect(mapped(changes, "IN1|1|100|1001|PAYER", "ZPD||BEAM^DOT^^^^^N").patient).toMatchObject({
      name: [at, { family: "BEAM", given: ["ADA"] }],
    });
    expect(mapped(changes).patient).toMatchObject({ name: [{ given: ["ADA"] }] });
  });

  test("adds a row whose value wins over the base row's", () => {
    const changes = patient({ change: "add", row: "own", to: "birthDate", from: "PID-26" });
    const { sources } = mapped(changes);
    expect(sources.find(({ path }) => path.endsWith("birthDate"))?.by).toBe("patient.birthDate");
    const other = patient({ change: "add", row: "own", to: "gender", is: "unknown" });
    expect(mapped(other).patient).toMatchObject({ gender: "unknown" });
  });

  test("adds an extension, and says which of its rows did", () => {
    const url = "https://lakeshore.example/fhir/portal";
    const changes = patient({
      change: "add",
      row: "portal",
      extension: url,
      value: "valueString",
      from: "PID-16",
    });
    const { patient: made, sources } = mapped(changes);
    expect(made).toMatchObject({ extension: expect.arrayContaining([{ url, valueString: "M" }]) });
    expect(sources.filter(({ by }) => by === "patient.extension.portal")).not.toEqual([]);
  });

  test("adds an extension with a constant, and a constant to a list", () => {
    const url = "https://lakeshore.example/fhir/origin";
    const changes = patient(
      { change: "add", row: "origin", extension: url, value: "valueCode", is: "lakeshore" },
      {
        change: "add",
        row: "tongue",
        to: "maritalStatus.coding[]",
        is: [{ system: "urn:a", code: "x" }],
      },
    );
    expect(mapped(changes).patient).toMatchObject({
      extension: expect.arrayContaining([{ url, valueCode: "lakeshore" }]),
      maritalStatus: { coding: expect.arrayContaining([{ system: "urn:a", code: "x" }]) },
    });
    expect(mapped(overlay({})).patient).not.toMatchObject({
      maritalStatus: { coding: expect.arrayContaining([{ system: "urn:a", code: "x" }]) },
    });
  });

  test("replaces what a row says, and leaves the rest of it", () => {
    const from = patient({ change: "replace", row: "gender", from: "PID-16" });
    expect(mapped(from).patient).toMatchObject({ gender: "male" });
    const when = patient({ change: "replace", row: "gender", when: { has: ["PID-9"] } });
    expect(mapped(when).patient).not.toHaveProperty("gender");
  });

  test("removes a row", () => {
    const changes = patient({ change: "remove", row: "gender" });
    expect(mapped(changes).patient).not.toHaveProperty("gender");
  });

  test("changes maps that other maps use", () => {
    const changes = overlay({
      practitioner: [{ change: "add", row: "active", to: "active", is: true }],
    });
    expect(mapped(changes).resources).toContainEqual(
      expect.objectContaining({ resourceType: "Practitioner", active: true }),
    );
    expect(mapped(overlay({})).resources).not.toContainEqual(
      expect.objectContaining({ active: true }),
    );
  });

  test.each([
    { when: { oneOf: { "PID-8": ["F", "M"] } }, applies: true },
    { when: { oneOf: { "PID-8": ["M"] } }, applies: false },
    { when: { has: ["PID-8", "PID-7"] }, applies: true },
    { when: { has: ["PID-8", "PID-9"] }, applies: false },
    { when: { lacks: ["PID-9"] }, applies: true },
    { when: { lacks: ["PID-8"] }, applies: false },
    { when: { not: { has: ["PID-9"] } }, applies: true },
    { when: { any: [{ has: ["PID-9"] }, { has: ["PID-8"] }] }, applies: true },
    { when: { has: ["PID-8"], lacks: ["PID-7"] }, applies: false },
  ])("a row applies when $when: $applies", ({ when, applies }) => {
    const changes = patient({ change: "replace", row: "gender", is: "other", when });
    expect(mapped(changes).patient).toMatchObject(applies ? { gender: "other" } : {});
    if (!applies) expect(mapped(changes).patient).not.toHaveProperty("gender");
  });
});
