import type { FhirResource } from "@trestle/fhir";
import { expect, test } from "vitest";
import { change, key, observation, patientId, patientOf, subject } from "../invented.ts";
import type { OpenedRecord } from "./opened-record.ts";

const one = patientOf([key("1")]);
const two = patientOf([key("2")]);
const nameless = { resourceType: "Patient", id: "nameless" } as const;

/** Messages about several patients: everybody gets what is about them, and nothing else. */
export function describeSeveralPatients(opened: () => OpenedRecord): void {
  /** What each of the patients 1 and 2 has after one message that names both, 1 first. */
  async function itemsAfter(...resources: readonly FhirResource[]) {
    await opened().apply(
      change({ position: 1, keys: [key("1")], others: [{ keys: [key("2")] }], resources }),
    );
    return [await itemsOf("1"), await itemsOf("2")];
  }

  function itemsOf(value: string): Promise<readonly string[]> {
    return itemsUnder(patientId(key(value)));
  }

  async function itemsUnder(patient: string): Promise<readonly string[]> {
    const items = await opened().record.resources(patient, 10);
    return items.map(({ id }) => id).toSorted();
  }

  test("of a message about several patients each gets what is about them", async () => {
    const items = [observation("o1", key("1")), observation("o2", key("2"))];
    expect(await itemsAfter(one, two, ...items)).toEqual([["o1"], ["o2"]]);
  });

  test("what is about a patient whom nothing names is nobody's", async () => {
    const told = about("unnamed", { reference: "urn:uuid:nameless" });
    expect(await itemsAfter(one, nameless, two, observation("o1", key("1")), told)).toEqual([
      ["o1"],
      [],
    ]);
  });

  test("nor is it the one's whom the message names alone", async () => {
    const told = about("unnamed", { reference: "Patient/nameless" });
    const resources = [one, nameless, told, observation("o1", key("1"))];
    await opened().apply(change({ position: 1, keys: [key("1")], resources }));
    expect(await itemsOf("1")).toEqual(["o1"]);
  });

  test("what is about a patient whom nothing names becomes theirs once a message names them", async () => {
    const told = about("late", { reference: "urn:uuid:nameless" });
    await itemsAfter(one, nameless, told);
    const resources = [two, observation("late", key("2"))];
    await opened().apply(change({ position: 2, keys: [key("2")], resources }));
    expect([await itemsOf("1"), await itemsOf("2")]).toEqual([[], ["late"]]);
  });

  test("a patient whose identifiers were rewritten has their items", async () => {
    const rewritten = [one, two].map((patient) => ({
      ...patient,
      identifier: [{ system: "urn:test:masked", value: patient.id ?? "" }],
    }));
    const items = [observation("o1", key("1")), observation("o2", key("2"))];
    expect(await itemsAfter(...rewritten, ...items)).toEqual([["o1"], ["o2"]]);
  });

  test("a patient whose id was rewritten has the items that refer to either", async () => {
    const items = [about("new", { reference: "Patient/p2" }), observation("old", key("2"))];
    await itemsAfter(one, { ...two, id: "p2" }, ...items);
    expect([await itemsOf("1"), await itemsUnder("p2")]).toEqual([[], ["new", "old"]]);
  });

  test.each([
    ["urn:uuid", subject(key("2"))],
    ["Patient", { reference: `Patient/${patientId(key("2"))}` }],
    ["an address", { reference: `https://ehr.example/r4/Patient/${patientId(key("2"))}` }],
  ])("whom an element deep inside refers to by %s, has the item", async (_form, reference) => {
    const appointment: FhirResource = {
      resourceType: "Appointment",
      id: "a2",
      status: "booked",
      participant: [{ actor: reference, status: "accepted" }],
    };
    expect(await itemsAfter(one, two, appointment)).toEqual([[], ["a2"]]);
  });

  test("a reference to something else of the same id names no patient", async () => {
    const encounter = { reference: "Encounter/p2" };
    const told = observation("o1", key("1"), { encounter, subject: undefined });
    expect((await itemsAfter(one, { ...two, id: "p2" }, told))[0]).toEqual(["o1"]);
  });

  test("whom an item is about has it, whoever else is named in it", async () => {
    const told = observation("o2", key("2"), { focus: [subject(key("1"))] });
    expect(await itemsAfter(one, two, told)).toEqual([[], ["o2"]]);
  });

  test("what two patients share is under the one who stands first", async () => {
    const participant = ["2", "1"].map((value) => ({
      actor: subject(key(value)),
      status: "accepted" as const,
    }));
    const shared: FhirResource = {
      resourceType: "Appointment",
      id: "a",
      status: "booked",
      participant,
    };
    expect(await itemsAfter(one, two, shared)).toEqual([["a"], []]);
  });

  test("what names no patient belongs to whoever's item refers to it, however far away", async () => {
    const ring: FhirResource[] = [
      { resourceType: "Specimen", id: "s0", parent: [{ reference: "Specimen/s1" }] },
      { resourceType: "Specimen", id: "s1" },
    ];
    const told = observation("o2", key("2"), { specimen: { reference: "urn:uuid:s0" } });
    expect(await itemsAfter(one, two, ...ring, told)).toEqual([[], ["o2", "s0", "s1"]]);
  });

  test("a drug is of whom it was ordered for", async () => {
    const drugs = ["m1", "m2"].map((id): FhirResource => ({ resourceType: "Medication", id }));
    const orders = ["1", "2"].map((value): FhirResource => ({
      resourceType: "MedicationRequest",
      id: `r${value}`,
      status: "active",
      intent: "order",
      subject: subject(key(value)),
      medicationReference: { reference: `urn:uuid:m${value}` },
    }));
    expect(await itemsAfter(one, two, ...drugs, ...orders)).toEqual([
      ["m1", "r1"],
      ["m2", "r2"],
    ]);
  });

  test("what was nobody's becomes theirs of whom it is told in the same words", async () => {
    const drug: FhirResource = { resourceType: "Medication", id: "m" };
    const order = (id: string, reference: { reference: string }): FhirResource => ({
      resourceType: "MedicationRequest",
      id,
      status: "active",
      intent: "order",
      subject: reference,
      medicationReference: { reference: "urn:uuid:m" },
    });
    await itemsAfter(one, nameless, order("r1", { reference: "urn:uuid:nameless" }), drug);
    const resources = [two, order("r2", subject(key("2"))), drug];
    await opened().apply(change({ position: 2, keys: [key("2")], resources }));
    expect(await itemsOf("2")).toEqual(["m", "r2"]);
  });

  test("what nobody refers to and names nobody is the first one's", async () => {
    expect(await itemsAfter(one, two, { resourceType: "Specimen", id: "s" })).toEqual([["s"], []]);
  });
}

function about(id: string, reference: { reference: string }): FhirResource {
  return observation(id, key("?"), { subject: reference });
}
