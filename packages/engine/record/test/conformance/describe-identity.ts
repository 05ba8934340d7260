import { reveal } from "@trestle/base";
import { expect, test } from "vitest";
import { change, key, observation, patientId, patientOf, site, subject } from "../invented.ts";
import { type OpenedRecord, all, valuesOf } from "./opened-record.ts";

/** Who is who at a site. */
export function describeIdentity(opened: () => OpenedRecord): void {
  test("a patient keeps the id of the first bundle and is found by any identifier", async () => {
    const keys = [key("E1", "epi"), key("1")];
    await opened().apply(
      change({ position: 1, keys }),
      change({
        position: 2,
        keys: [key("1")],
        resources: [patientOf([key("1")], { gender: "female" })],
      }),
    );
    const [patient, ...others] = await all(opened().record);
    expect(others).toEqual([]);
    expect(patient?.id).toBe(patientId(key("E1", "epi")));
    expect(valuesOf(patient)).toEqual(keys);
    expect(patient && reveal(patient.resource)).toMatchObject({
      id: patient?.id,
      gender: "female",
    });
  });

  test("a reference under another id of the bundle reads as the patient's own", async () => {
    const known = key("E1", "epi");
    await opened().apply(
      change({ position: 1, keys: [known, key("1")] }),
      change({
        position: 2,
        keys: [key("1")],
        resources: [patientOf([key("1")]), observation("o1", key("1"))],
      }),
    );
    const [item] = await opened().record.resources(patientId(known), 10);
    expect(item && reveal(item.resource)).toMatchObject({ subject: subject(known) });
    const found = await opened().record.patient(patientId(key("1")));
    expect(found?.id).toBe(patientId(known));
  });

  test("the same identifier at another site is another patient", async () => {
    await opened().apply(
      change({ position: 1, keys: [key("1")] }),
      change({ position: 2, keys: [key("1")], site: "harbour" }),
    );
    expect((await all(opened().record)).map((patient) => patient.site)).toEqual(["harbour", site]);
  });

  test("the key decides; what another patient holds stays there", async () => {
    await opened().apply(
      change({ position: 1, keys: [key("1"), key("s", "ssn")] }),
      change({ position: 2, keys: [key("2")] }),
      change({ position: 3, keys: [key("2"), key("s", "ssn")] }),
    );
    const [second, first] = await all(opened().record);
    expect(valuesOf(first)).toEqual([key("1"), key("s", "ssn")]);
    expect(valuesOf(second)).toEqual([key("2")]);
  });

  test("a new key beside a shared number does not join someone with another key", async () => {
    await opened().apply(
      change({ position: 1, keys: [key("1"), key("999", "ssn")] }),
      change({ position: 2, keys: [key("2"), key("999", "ssn")] }),
    );
    expect(await all(opened().record)).toHaveLength(2);
  });

  test("a blank identifier names nobody", async () => {
    await opened().apply(
      change({ position: 1, keys: [key("1"), key("", "ssn")] }),
      change({ position: 2, keys: [key("", "ssn"), key("2")] }),
    );
    expect(await all(opened().record)).toHaveLength(2);
  });

  test("a message without a patient adds none", async () => {
    await opened().apply(change({ position: 1, resources: [observation("o1", key("1"))] }));
    expect(await all(opened().record)).toEqual([]);
  });

  test("a message that names a patient and tells nothing makes one with the identifier", async () => {
    await opened().apply(change({ position: 1, keys: [key("1")], resources: [] }));
    const [patient] = await all(opened().record);
    expect(patient && reveal(patient.resource)).toEqual({
      resourceType: "Patient",
      id: patient?.id,
      identifier: [{ system: "urn:test:mrn", value: "1" }],
    });
  });
}
