import type { Bundle } from "@trestle/fhir";
import { describe, expect, test } from "vitest";
import type { Change, ComposeRequest } from "../src/to-v2/index.ts";
import { caseOf, changed, composed, problemsOf } from "./composed-cases.ts";

test.each([
  { kind: "SIU^S12", action: undefined },
  { kind: "SIU^S13", action: "D" },
  { kind: "SIU^S14", action: "D" },
] as const)("who declined is, in $kind, told with the action $action", ({ kind, action }) => {
  const request = changed({ ...caseOf("siu-s12-booked"), kind }, "Appointment", (appointment) => {
    const { participant } = appointment as { participant: { status: string }[] };
    for (const each of participant.slice(1)) each.status = "declined";
  });
  expect(composed(request).get("AIP-2")).toBe(action);
});

test.each(["constructor", "toString", "__proto__"])(
  "a charge of a status that is none, %s, does not leave and is told so",
  (status) => {
    const found = problemsOf(withOwn("dft-p03-charges", "ChargeItem", { status }));
    const unlisted = found.find(({ code }) => code === "mapping.unlistedCode");
    expect(unlisted?.text).toContain(`“${status}”`);
  },
);

test.each([
  { says: "nothing of SCH-16", fields: { "1": { maxLength: 75 } }, at: [] },
  { says: "how long SCH-16 is", fields: { "16": { maxLength: 250 } }, at: [] },
  { says: "that SCH-16 is required", fields: { "16": { usage: "required" } }, at: ["SCH-16"] },
] as const)("an appointment for a site that says $says is judged by that", ({ fields, at }) => {
  const profile = { segments: { SCH: { fields } } };
  const places = placesOf({ ...caseOf("siu-s12-booked"), profile });
  expect(places.map(([, place]) => place)).toEqual(at);
});

describe("an order", () => {
  test.each([
    { status: "active", change: undefined, control: "NW" },
    { status: "active", change: "new", control: "NW" },
    { status: "active", change: "modified", control: "XO" },
    { status: "active", change: "rescheduled", control: "XO" },
    { status: "on-hold", change: "modified", control: "HD" },
    { status: "revoked", change: undefined, control: "CA" },
    { status: "revoked", change: "cancelled", control: "CA" },
    { status: "revoked", change: "modified", control: "CA" },
  ] as const)("that is $status, change $change, is $control", ({ status, change, control }) => {
    const request = ordered({ status }, change);
    expect(composed(request).get("ORC-1")).toBe(control);
  });

  test.each([
    { status: "active", change: "cancelled" },
    { status: "revoked", change: "new" },
    { status: "on-hold", change: "new" },
    { status: "completed", change: undefined },
    { status: "completed", change: "modified" },
    { status: "entered-in-error", change: undefined },
    { status: "draft", change: undefined },
    { status: "unknown", change: undefined },
  ] as const)("that is $status does not leave with the change $change", ({ status, change }) => {
    expect(placesOf(ordered({ status }, change))).toEqual([
      ["mapping.kindDoesNotFit", "entry[5].resource.status"],
    ]);
  });

  test.each(["constructor", "toString", "__proto__"])(
    "of no status, %s, does not leave",
    (status) => {
      const found = problemsOf(withOwn("orm-o01-new-order", "ServiceRequest", { status }));
      expect(found.map(({ code }) => code)).toEqual(["mapping.kindDoesNotFit"]);
    },
  );

  test.each(["proposal", "plan", "directive", "option"])(
    "of intent %s does not leave",
    (intent) => {
      expect(placesOf(ordered({ intent }))).toEqual([
        ["mapping.intentIsNoOrder", "entry[5].resource.intent"],
      ]);
    },
  );

  test("not to do something does not leave, and doing it does", () => {
    expect(placesOf(ordered({ doNotPerform: true }))).toEqual([
      ["mapping.prohibition", "entry[5].resource.doNotPerform"],
    ]);
    expect(problemsOf(ordered({ doNotPerform: false }))).toEqual([]);
  });

  test("is looked at wherever it stands in the bundle, and everything about it is told", () => {
    const both = ordered({});
    const { entry = [] } = both.bundle;
    const second = { ...entry[5]?.resource, status: "completed", intent: "plan" };
    const bundle = { ...both.bundle, entry: [...entry, { resource: second }] } as Bundle;
    expect(placesOf({ ...both, bundle })).toEqual([
      ["mapping.kindDoesNotFit", "entry[7].resource.status"],
      ["mapping.intentIsNoOrder", "entry[7].resource.intent"],
    ]);
  });

  test("that a report belongs to is not asked whether it could be ordered", () => {
    const request = changed(caseOf("oru-r01-lab-results"), "ServiceRequest", (resource) => {
      Object.assign(resource, { status: "completed", intent: "plan" });
    });
    expect(problemsOf(request)).toEqual([]);
  });
});

test.each([
  { where: "a resource", owner: (resource: object) => resource, at: "entry[5].resource" },
  {
    where: "a piece of one",
    owner: (resource: object) => (resource as { code: object }).code,
    at: "entry[5].resource.code",
  },
])("an extension that changes the meaning of $where keeps the message back", ({ owner, at }) => {
  const modifierExtension = [{ url: "https://app.example/negated", valueBoolean: true }];
  const request = changed(caseOf("orm-o01-new-order"), "ServiceRequest", (resource) => {
    Object.assign(owner(resource), { modifierExtension });
  });
  expect(placesOf(request)).toEqual([["mapping.unknownModifier", `${at}.modifierExtension[0]`]]);
});

function placesOf(request: ComposeRequest): readonly (readonly [string, string | undefined])[] {
  return problemsOf(request).map(({ code, at }) => [code, at]);
}

/** A case with other elements in each resource of a type. */
function withOwn(name: string, type: string, elements: object): ComposeRequest {
  return changed(caseOf(name), type, (resource) => Object.assign(resource, elements));
}

/** The case of a new order with other elements, after a change. */
function ordered(elements: object, change?: Change): ComposeRequest {
  const request = withOwn("orm-o01-new-order", "ServiceRequest", elements);
  return { ...request, ...(change && { change }) };
}
