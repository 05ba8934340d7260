import type { FhirResource } from "@trestle/fhir";
import { describe, expect, test } from "vitest";
import type { PatientClues } from "../../src/fhir/store.ts";
import { type ChartStore, type Filed, traffic } from "../../src/index.ts";
import { charts } from "../support/charts.ts";
import { shippedPathways } from "../support/hospital.ts";

const condition = (subject: string): FhirResource => ({
  resourceType: "Condition",
  subject: { reference: `Patient/${subject}` },
});

function firstPatient({ store }: ReturnType<typeof charts>): string {
  const [first] = store.all("Patient");
  return first?.resource.id ?? "";
}

/** Tells what happens until it satisfies; gives back the message about it. */
function tellUntil({ hospital }: ReturnType<typeof charts>, patients: number, type: string) {
  const feed = traffic({
    seed: 1,
    patients,
    start: "2026-01-15T12:00:00Z",
    facility: "TH",
    timeZone: "America/Chicago",
    pathways: shippedPathways,
  });
  for (const sent of feed.take(20_000)) {
    hospital.note(sent.told);
    if (sent.type === type) return sent;
  }
  throw new Error(`${type} is never sent`);
}

describe("charts", () => {
  test("are the same for the same seed, in whatever order they are asked for", () => {
    const one = charts({ seed: 5, patients: 20 });
    const other = charts({ seed: 5, patients: 20 });
    const types = ["Observation", "Encounter", "Condition", "Patient", "DocumentReference"];
    const first = types.map((type) => [...one.store.all(type)]);
    const again = types.toReversed().map((type) => [...other.store.all(type)]);
    expect(again.toReversed()).toEqual(first);
  });

  test("are others for another seed", () => {
    const one = [...charts({ seed: 5, patients: 20 }).store.all("Condition")];
    const other = [...charts({ seed: 6, patients: 20 }).store.all("Condition")];
    expect(other).not.toEqual(one);
  });

  test("have other ids at another site, and the same numbers", () => {
    const here = charts({ patients: 3 });
    const there = charts({ patients: 3, switches: { customerId: 412, environment: "production" } });
    const [one] = here.store.all("Patient");
    const [other] = there.store.all("Patient");
    expect(other?.resource.id).not.toBe(one?.resource.id);
    expect(there.store.read("Patient", one?.resource.id ?? "")).toBeUndefined();
    expect(JSON.stringify(other)).toContain("urn:oid:1.2.840.114350.1.13.412.2.7.5.737384.14");
  });

  test("of one patient in two hundred fill more than a page of vital signs", () => {
    const { store } = charts({ patients: 12 });
    const counts = [...store.all("Patient")].map(
      ({ resource }) => store.ofPatient("Observation", resource.id).length,
    );
    expect(counts.filter((count) => count > 1000)).toHaveLength(1);
  });

  test("forget the oldest visit beyond the limit, with all that belongs to it", () => {
    const most = charts({ patients: 3, maxVisits: 2 });
    const { hospital } = most;
    const feed = traffic({
      seed: 1,
      patients: 3,
      start: "2026-01-15T12:00:00Z",
      facility: "TH",
      timeZone: "America/Chicago",
      pathways: shippedPathways,
    });
    for (const sent of feed.take(600)) hospital.note(sent.told);
    for (const number of hospital.numbers()) {
      const told = hospital.chartOf(number)?.visits.filter(({ csn }) => Number(csn) > 70_000_000);
      expect(told?.length ?? 0).toBeLessThanOrEqual(2);
      const csns = new Set(told?.map(({ csn }) => csn));
      const notes = hospital.chartOf(number)?.notes.filter(({ id }) => Number(id) < 300_000_000);
      expect(notes?.filter(({ csn }) => !csns.has(csn))).toEqual([]);
    }
  });
});

describe("merged patients", () => {
  test("4107: are gone, and their survivor is known", () => {
    const here = charts({ patients: 12 });
    const registered = tellUntil(here, 12, "ADT^A40");
    const gone = /\rMRG\|[^~]*~(?<number>\d+)\^/u.exec(registered.text)?.groups?.["number"];
    const before = charts({ patients: 12 });
    expect(here.hospital.has(Number(gone))).toBe(false);
    const survivor = here.hospital.survivorOf(Number(gone));
    expect(survivor).toBe(Number(registered.told.patient.mrn));
    expect(before.hospital.survivorOf(Number(gone))).toBeUndefined();
  });
});

describe("what was written about a patient who is merged", () => {
  test("is found with the survivor, and once", () => {
    const here = charts({ patients: 12 });
    const { told } = tellUntil(here, 12, "ADT^A40");
    const { happening, patient } = told;
    if (happening.kind !== "merge") throw new Error("a merge is told as something else");
    const fresh = charts({ patients: 12 });
    fresh.hospital.note({ ...told, happening: { ...happening, kind: "duplicate registration" } });
    const idOf = (number: string) => {
      const all = [...fresh.store.all("Patient")];
      return all.find(({ resource }) => JSON.stringify(resource).includes(`"value":"${number}"`))
        ?.resource.id;
    };
    const gone = idOf(happening.mrn) ?? "";
    const survivor = idOf(patient.mrn) ?? "";
    const filed = fresh.store.file({ resource: condition(gone), subType: "", patientId: gone });
    fresh.hospital.note(told);
    expect(fresh.store.survivorOf(gone)).toBe(survivor);
    expect(fresh.store.read("Patient", gone)).toBeUndefined();
    const moved = { ...filed, patientId: survivor };
    expect(fresh.store.ofPatient("Condition", survivor)).toContainEqual(moved);
    const everywhere = [...fresh.store.all("Condition")];
    expect(everywhere.filter(({ resource }) => resource.id === filed.resource.id)).toHaveLength(1);
  });
});

describe("2.11 writes", () => {
  test("are found by id and by search, behind what is on the chart", () => {
    const here = charts({ patients: 3 });
    const patientId = firstPatient(here);
    const before = here.store.ofPatient("Condition", patientId);
    const filed = here.store.file({
      resource: condition(patientId),
      subType: "Problems",
      patientId,
    });
    expect(here.store.read("Condition", filed.resource.id)).toEqual(filed);
    expect(here.store.ofPatient("Condition", patientId)).toEqual([...before, filed]);
    expect([...here.store.all("Condition")]).toContainEqual(filed);
  });

  test("holding tank: are not found by search until reconciled", () => {
    const here = charts({ patients: 3 });
    const patientId = firstPatient(here);
    const held = here.store.file({
      resource: condition(patientId),
      subType: "Problems",
      patientId,
      isHeld: true,
    });
    expect(held.resource.id).toMatch(/^O[A-Za-z0-9.-]{61}$/u);
    expect(here.store.read("Condition", held.resource.id)).toEqual(held);
    expect(here.store.ofPatient("Condition", patientId)).not.toContainEqual(held);
    expect([...here.store.all("Condition")]).not.toContainEqual(held);
    expect(here.store.held()).toEqual([held]);
    expect(here.store.reconcile(held.resource.id)).toBe(true);
    expect(here.store.ofPatient("Condition", patientId)).toContainEqual(held);
    expect(here.store.reconcile(held.resource.id)).toBe(false);
  });

  test("of the same content are two records", () => {
    const here = charts({ patients: 3 });
    const patientId = firstPatient(here);
    const write = () =>
      here.store.file({ resource: condition(patientId), subType: "Problems", patientId });
    expect(write().resource.id).not.toBe(write().resource.id);
  });

  test("put another version in the place of the one on the chart", () => {
    const here = charts({ patients: 3 });
    const patientId = firstPatient(here);
    const [report] = here.store.ofPatient("DiagnosticReport", patientId);
    if (report === undefined) throw new Error("the first patient has no report");
    const changed = { ...report, resource: { ...report.resource, language: "en" } };
    const before = here.store.ofPatient("DiagnosticReport", patientId).length;
    here.store.replace(changed);
    expect(here.store.read("DiagnosticReport", report.resource.id)).toEqual(changed);
    expect(here.store.ofPatient("DiagnosticReport", patientId)[0]).toEqual(changed);
    expect(here.store.ofPatient("DiagnosticReport", patientId)).toHaveLength(before);
  });

  test("of a patient make a chart that can be written to", () => {
    const here = charts({ patients: 3 });
    const made = here.store.file({ resource: { resourceType: "Patient" }, subType: "" });
    const { id } = made.resource;
    expect(id).toMatch(/^e[A-Za-z0-9.-]{22}3$/u);
    expect(here.store.ofPatient("Patient", id)).toEqual([made]);
    expect([...here.store.all("Patient")]).toContainEqual(made);
    const filed = here.store.file({ resource: condition(id), subType: "", patientId: id });
    expect(here.store.ofPatient("Condition", id)).toEqual([filed]);
    expect([...here.store.all("Condition")]).toContainEqual(filed);
  });

  test("are gone after a wipe, and the charts are as before", () => {
    const here = charts({ patients: 3 });
    const patientId = firstPatient(here);
    const before = [...here.store.all("Condition")];
    const filed = here.store.file({ resource: condition(patientId), subType: "", patientId });
    here.store.wipe();
    expect(here.store.read("Condition", filed.resource.id)).toBeUndefined();
    expect([...here.store.all("Condition")]).toEqual(before);
  });

  test("are refused when there are as many as are kept", () => {
    const here = charts({ patients: 3, maxWritten: 1 });
    const patientId = firstPatient(here);
    const write = () => here.store.file({ resource: condition(patientId), subType: "", patientId });
    write();
    expect(write).toThrow(expect.objectContaining({ code: "sandbox.chartsFull" }));
  });

  test("are refused as other versions of what is on charts, too; one that is there gives way", () => {
    const here = charts({ patients: 3, maxWritten: 1 });
    const [first, second] = [...here.store.all("Condition")];
    if (first === undefined || second === undefined) throw new Error("there are too few");
    here.store.replace(first);
    here.store.replace({ ...first, subType: "Problems" });
    expect(() => here.store.replace(second)).toThrow(
      expect.objectContaining({ code: "sandbox.chartsFull" }),
    );
  });
});

describe("a resource that is read alone", () => {
  test("is the one that stands among the others of its patient", () => {
    const among = charts({ patients: 6 }).store;
    const alone = charts({ patients: 6 });
    const told = tellUntil(alone, 6, "ORU^R01");
    for (const type of ["Observation", "Encounter", "Condition", "DiagnosticReport"]) {
      for (const filed of among.all(type)) {
        expect(alone.store.read(type, filed.resource.id)).toEqual(filed);
      }
    }
    expect(told.type).toBe("ORU^R01");
    for (const { resource } of alone.store.all("Patient")) {
      const cold = charts({ patients: 6 });
      tellUntil(cold, 6, "ORU^R01");
      for (const filed of alone.store.ofPatient("Observation", resource.id)) {
        expect(cold.store.read("Observation", filed.resource.id)).toEqual(filed);
      }
    }
  });
});

describe("patients that are looked for", () => {
  test("are found by every number they have, and by their names as a search takes them", () => {
    const { store } = charts({ patients: 60 });
    for (const { resource } of store.all("Patient")) {
      if (resource.resourceType !== "Patient") continue;
      const { id, identifier = [], name: [name] = [], birthDate = "" } = resource;
      const { family = "", given: [first = "", middle = ""] = [] } = name ?? {};
      const like = (clues: PatientClues) =>
        [...store.patientsLike(clues)].map((filed) => filed.resource.id);
      for (const { value = "" } of identifier) expect(like({ numbers: [value] })).toEqual([id]);
      expect(like({ numbers: [id] })).toEqual([id]);
      expect(like({ families: ["Nobody", family], givens: [first] })).toContain(id);
      expect(like({ families: [family.toUpperCase()], givens: [middle], birthDate })).toContain(id);
      expect(like({ families: [family], birthDate: "1890-01-01" })).toEqual([]);
    }
  });

  test("are found by what was written of them, before and after it is wiped", () => {
    const { store } = charts({ patients: 4 });
    const like = (family: string) =>
      [...store.patientsLike({ families: [family] })].map(({ resource }) => resource.id);
    const { id, filed } = changedName(store, "Quillfeather");
    const own = store.file({ resource: named("Quillfeather"), subType: "" }).resource.id;
    store.replace(filed);
    expect(like("Quillfeather")).toEqual(expect.arrayContaining([id, own]));
    store.wipe();
    expect(like("Quillfeather")).not.toContain(id);
    expect(like("Quillfeather")).not.toContain(own);
  });

  test("are found under the number of a second registration until it is merged", () => {
    const { hospital, store } = charts({ patients: 40 });
    const feed = traffic({
      seed: 1,
      patients: 40,
      start: "2026-01-15T12:00:00Z",
      facility: "TH",
      timeZone: "America/Chicago",
      pathways: shippedPathways,
    });
    const found = new Map<string, number>();
    for (const { told } of feed.take(20_000)) {
      hospital.note(told);
      const { happening } = told;
      if (happening.kind !== "duplicate registration" && happening.kind !== "merge") continue;
      const count = [...store.patientsLike({ numbers: [happening.mrn] })].length;
      found.set(happening.kind, count);
      if (found.size === 2) break;
    }
    expect(Object.fromEntries(found)).toEqual({ "duplicate registration": 1, merge: 0 });
  });
});

function named(family: string): FhirResource {
  return { resourceType: "Patient", name: [{ family }] };
}

/** The first patient under another family name. */
function changedName(store: ChartStore, family: string): { id: string; filed: Filed } {
  const [first] = store.all("Patient");
  if (first === undefined) throw new Error("there is nobody");
  const { id } = first.resource;
  return { id, filed: { ...first, resource: { ...named(family), id } } };
}
