import { phi, reveal } from "@trestle/base";
import { expect, test } from "vitest";
import { change, encounter, key, named, observation, patientId, patientOf } from "../invented.ts";
import { type OpenedRecord, all, onlyId } from "./opened-record.ts";

/** What is kept of a patient, and what a thinner message leaves of it. */
export function describeItems(opened: () => OpenedRecord): void {
  describeVersions(opened);
  describeThinMessages(opened);
}

function describeVersions(opened: () => OpenedRecord): void {
  test("an item has the message of its present version and counts its versions", async () => {
    const keys = [key("1")];
    const at = (position: number, status: string) =>
      change({
        position,
        keys,
        resources: [patientOf(keys), observation("o1", key("1"), { status })],
      });
    await opened().apply(at(1, "preliminary"), at(2, "final"), at(3, "final"));
    const items = await opened().record.resources(patientId(key("1")), 10);
    expect(items).toMatchObject([
      { id: "o1", position: 2, versions: 2, heardAt: at(2, "").receivedAt },
    ]);
  });

  test("an item is replaced as a whole", async () => {
    const keys = [key("1")];
    const at = (position: number, more: object) =>
      change({ position, keys, resources: [observation("o1", key("1"), more)] });
    await opened().apply(at(1, { issued: "2026-01-15T11:00:00Z" }), at(2, {}));
    const [item] = await opened().record.resources(await onlyId(opened().record), 10);
    expect(item && reveal(item.resource)).not.toHaveProperty("issued");
  });

  test("items come newest first by when they happened, and no more than asked for", async () => {
    const keys = [key("1")];
    const resources = [
      observation("old", key("1"), { effectiveDateTime: "2025-12-31T23:30:00-05:00" }),
      observation("new", key("1"), { effectiveDateTime: "2026-01-01T06:00:00+01:00" }),
      observation("day", key("1"), { effectiveDateTime: "2026-01-01" }),
      encounter("e1", key("1"), { period: { start: "2026-02-01T08:00:00Z" } }),
    ];
    await opened().apply(change({ position: 1, keys, resources: [patientOf(keys), ...resources] }));
    const id = patientId(key("1"));
    const items = await opened().record.resources(id, 10);
    expect(items.map((item) => item.id)).toEqual(["e1", "new", "old", "day"]);
    expect(items[0]?.happenedAt).toBe("2026-02-01T08:00:00Z");
    expect(await opened().record.resources(id, 2)).toHaveLength(2);
  });

  test("what names no time happened when it was heard, and says so by an empty text", async () => {
    const keys = [key("1")];
    const receivedAt = Date.parse("2026-01-15T12:00:00Z");
    const resources = [
      observation("before", key("1"), { effectiveDateTime: "2026-01-15T11:00:00Z" }),
      observation("timeless", key("1")),
      observation("after", key("1"), { effectiveDateTime: "2026-01-15T13:00:00Z" }),
    ];
    await opened().apply(change({ position: 1, receivedAt, keys, resources }));
    const items = await opened().record.resources(await onlyId(opened().record), 10);
    expect(items.map((item) => item.id)).toEqual(["after", "timeless", "before"]);
    expect(items[1]?.happenedAt).toBe("");
  });

  test("who belongs to the site belongs to no patient, and a provenance is no item", async () => {
    const keys = [key("1")];
    await opened().apply(
      change({
        position: 1,
        keys,
        resources: [
          patientOf(keys),
          { resourceType: "Practitioner", id: "p1" },
          { resourceType: "Organization", id: "g1" },
          { resourceType: "Location", id: "l1" },
          { resourceType: "Provenance", id: "v1", target: [], agent: [], recorded: "2026-01-15" },
        ],
      }),
    );
    expect(await opened().record.resources(patientId(key("1")), 10)).toEqual([]);
  });

  test("a decimal keeps the digits it was written with", async () => {
    const keys = [key("1")];
    const exact = JSON as unknown as { rawJSON(text: string): number };
    const at = (position: number, text: string) => {
      const value = exact.rawJSON(text);
      const told = observation("o1", key("1"), { valueQuantity: { value } });
      return change({ position, keys, resources: [patientOf(keys), told] });
    };
    await opened().apply(at(1, "1.10"), at(2, "1.1"), at(3, "1.100"));
    const [item] = await opened().record.resources(patientId(key("1")), 10);
    expect(JSON.stringify(item && reveal(item.resource))).toContain('"value":1.100}');
    expect(item?.versions).toBe(3);
  });

  test("nothing that comes out prints what it holds", async () => {
    const keys = [key("secret-1")];
    const resources = [patientOf(keys, named("Hidden")), observation("o1", keys[0] ?? "")];
    await opened().apply(change({ position: 1, keys, resources }));
    const patients = await all(opened().record);
    const items = await opened().record.resources(patients[0]?.id ?? "", 10);
    const held = await opened().record.keysOf(phi("secret-1"));
    expect(JSON.stringify([patients, items, held])).not.toMatch(/secret|Hidden|Haemoglobin/u);
  });
}

function describeThinMessages(opened: () => OpenedRecord): void {
  test("a thinner message about a patient leaves alone what it does not tell", async () => {
    const thick = [key("E1", "epi"), key("1")];
    await opened().apply(
      change({
        position: 1,
        keys: thick,
        resources: [
          patientOf(thick, {
            ...named("Beam", "Ada"),
            telecom: [{ value: "555-0100" }],
            deceasedBoolean: false,
          }),
        ],
      }),
      change({
        position: 2,
        keys: [key("1")],
        resources: [
          patientOf([key("1")], { ...named("Girder"), deceasedDateTime: "2026-01-16T08:00:00Z" }),
        ],
      }),
    );
    const patient = await opened().record.patient(patientId(thick[0] ?? ""));
    expect(patient && reveal(patient.resource)).toEqual({
      ...patientOf(thick),
      ...named("Girder"),
      telecom: [{ value: "555-0100" }],
      deceasedDateTime: "2026-01-16T08:00:00Z",
    });
  });

  test("a bare cancellation leaves what was ordered", async () => {
    const keys = [key("1")];
    const order = { resourceType: "ServiceRequest", id: "r1", subject: { reference: "Patient/p" } };
    const at = (position: number, more: object) =>
      change({ position, keys, resources: [patientOf(keys), { ...order, ...more } as never] });
    await opened().apply(
      at(1, { status: "active", intent: "order", code: { text: "Glucose" } }),
      at(2, { status: "revoked", intent: "order" }),
    );
    const [item] = await opened().record.resources(patientId(key("1")), 10);
    expect(item && reveal(item.resource)).toMatchObject({
      status: "revoked",
      code: { text: "Glucose" },
    });
  });

  test("identifiers are united by system and value", async () => {
    const [one, two, three] = [key("1"), key("2", "ssn"), key("3", "visit")];
    const withUse = patientOf([one, three]);
    withUse.identifier?.forEach((identifier) => {
      identifier.use = "usual";
    });
    await opened().apply(
      change({ position: 1, keys: [one, two] }),
      change({ position: 2, keys: [one, three], resources: [withUse] }),
    );
    const patient = await opened().record.patient(patientId(one));
    expect(patient && reveal(patient.resource)).toMatchObject({
      identifier: [
        { system: "urn:test:mrn", value: "1", use: "usual" },
        { system: "urn:test:ssn", value: "2" },
        { system: "urn:test:visit", value: "3", use: "usual" },
      ],
    });
  });

  test("an encounter keeps what the newer message leaves out; a thin repeat is no version", async () => {
    const keys = [key("1")];
    const at = (position: number, more: object) =>
      change({ position, keys, resources: [patientOf(keys), encounter("e1", key("1"), more)] });
    await opened().apply(
      at(1, { period: { start: "2026-01-15T11:00:00Z" } }),
      at(2, { status: "finished" }),
      at(3, { status: "finished", class: { code: "IMP" } }),
    );
    const [item] = await opened().record.resources(patientId(key("1")), 10);
    expect(item).toMatchObject({ versions: 2, position: 2, happenedAt: "2026-01-15T11:00:00Z" });
    expect(item && reveal(item.resource)).toMatchObject({
      status: "finished",
      period: { start: "2026-01-15T11:00:00Z" },
    });
  });
}
