import type { FhirResource } from "@trestle/fhir";
import type { Filed, FhirStore, Written } from "../../../src/fhir/store.ts";

/** A store of what a test files, for the contract alone. */
export class MemoryStore implements FhirStore {
  readonly #filed: { filed: Filed; isHeld: boolean; isWritten: boolean }[] = [];
  readonly #merged = new Map<string, string>();
  #next = 1;

  read(type: string, id: string): Filed | undefined {
    return this.#filed.find(({ filed }) => isNamed(filed, type, id))?.filed;
  }

  ofPatient(type: string, patientId: string): readonly Filed[] {
    return this.#filed
      .filter(({ filed, isHeld }) => !isHeld && filed.resource.resourceType === type)
      .map(({ filed }) => filed)
      .filter((filed) => (type === "Patient" ? filed.resource.id : filed.patientId) === patientId);
  }

  *all(type: string): Iterable<Filed> {
    for (const { filed, isHeld } of this.#filed) {
      if (!isHeld && filed.resource.resourceType === type) yield filed;
    }
  }

  patientsLike(): Iterable<Filed> {
    return this.all("Patient");
  }

  survivorOf(patientId: string): string | undefined {
    return this.#merged.get(patientId);
  }

  file(written: Written): Filed {
    const id = `eWritten${String(this.#next++).padStart(15, "0")}3`;
    return this.#put({ ...written.resource, id }, written);
  }

  replace(filed: Filed): void {
    const { resourceType, id } = filed.resource;
    const kept = this.#filed.find((each) => isNamed(each.filed, resourceType, id));
    if (kept !== undefined) kept.filed = filed;
  }

  wipe(): void {
    const kept = this.#filed.filter(({ isWritten }) => !isWritten);
    this.#filed.splice(0, this.#filed.length, ...kept);
  }

  /** Puts a resource of the chart in; its patient follows from its subject where it has one. */
  put(
    resource: FhirResource & { readonly id: string },
    subType = "",
    patientId = patientOf(resource),
  ): this {
    this.#put(resource, { subType, ...(patientId === undefined ? {} : { patientId }) }, false);
    return this;
  }

  /** Joins a patient with another in whom she lives on. */
  merge(patientId: string, survivorId: string): void {
    const index = this.#filed.findIndex(({ filed }) => isNamed(filed, "Patient", patientId));
    if (index >= 0) this.#filed.splice(index, 1);
    this.#merged.set(patientId, survivorId);
  }

  #put(
    resource: FhirResource & { readonly id: string },
    about: Omit<Written, "resource">,
    isWritten = true,
  ): Filed {
    const { subType, isHeld = false } = about;
    const patientId = resource.resourceType === "Patient" ? resource.id : about.patientId;
    const filed: Filed = { resource, subType, ...(patientId === undefined ? {} : { patientId }) };
    this.#filed.push({ filed, isHeld, isWritten });
    return filed;
  }
}

function isNamed({ resource }: Filed, type: string, id: string): boolean {
  return resource.resourceType === type && resource.id === id;
}

function patientOf(resource: FhirResource): string | undefined {
  const { subject, patient, beneficiary } = resource as unknown as Readonly<
    Record<string, { readonly reference?: string } | undefined>
  >;
  const reference = (subject ?? patient ?? beneficiary)?.reference;
  return reference?.startsWith("Patient/") === true ? reference.slice(8) : undefined;
}
