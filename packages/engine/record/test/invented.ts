import { phi, stableId } from "@trestle/base";
import type { Bundle, FhirResource, HumanName, Patient } from "@trestle/fhir";
import type { RecordChange, RecordIdentity } from "../src/index.ts";

// Invented patients and messages, in the shape the mapping gives them.

export const site = "lakeshore";

/** `urn:test:mrn|1` and the like. */
export function key(value: string, system = "mrn"): string {
  return `urn:test:${system}|${value}`;
}

function identity(...keys: readonly string[]): RecordIdentity {
  const first = keys[0] ?? "";
  return {
    resourceId: patientId(first),
    key: phi(first),
    identifiers: keys.map((one) => phi(one)),
  };
}

/** The id that bundles give to the patient whose first identifier this is. */
export function patientId(firstKey: string, at = site): string {
  return stableId(at, "Patient", firstKey);
}

export function patientOf(keys: readonly string[], more: Partial<Patient> = {}): Patient {
  return {
    resourceType: "Patient",
    id: patientId(keys[0] ?? ""),
    identifier: keys.map((one) => {
      const [system = "", value = ""] = one.split("|");
      return { system, value };
    }),
    ...more,
  };
}

export function named(family: string, ...given: readonly string[]): { name: HumanName[] } {
  return { name: [{ family, given: [...given] }] };
}

/** Of a patient as a message names it. */
export function subject(firstKey: string): { reference: string } {
  return { reference: `urn:uuid:${patientId(firstKey)}` };
}

export function encounter(id: string, firstKey: string, more: object = {}): FhirResource {
  return {
    resourceType: "Encounter",
    id,
    status: "in-progress",
    class: { code: "IMP" },
    subject: subject(firstKey),
    ...more,
  };
}

export function observation(id: string, firstKey: string, more: object = {}): FhirResource {
  return {
    resourceType: "Observation",
    id,
    status: "final",
    code: { text: "Haemoglobin" },
    subject: subject(firstKey),
    ...more,
  };
}

function bundleOf(resources: readonly FhirResource[]): Bundle {
  return {
    resourceType: "Bundle",
    type: "collection",
    entry: resources.map((resource) => ({ fullUrl: `urn:uuid:${resource.id ?? ""}`, resource })),
  };
}

export interface Told {
  readonly position: number;
  readonly site?: string;
  readonly receivedAt?: number;
  /** `system|value`, the key first. Absent: the message names nobody. */
  readonly keys?: readonly string[];
  readonly merged?: readonly string[];
  /** Patients behind the first. */
  readonly others?: readonly {
    readonly keys: readonly string[];
    readonly merged?: readonly string[];
  }[];
  /** Absent: a Patient with the keys alone. */
  readonly resources?: readonly FhirResource[];
}

/** One message a second. */
export function change(told: Told): RecordChange {
  const { position, keys, merged, others } = told;
  const resources = told.resources ?? (keys === undefined ? [] : [patientOf(keys)]);
  return {
    site: told.site ?? site,
    position,
    receivedAt: told.receivedAt ?? 1_700_000_000_000 + position * 1_000,
    ...(keys === undefined ? {} : { patient: identity(...keys) }),
    ...(merged === undefined ? {} : { merged: identity(...merged) }),
    ...(others === undefined ? {} : { others: others.map(identitiesOf) }),
    bundle: phi(bundleOf(resources)),
  };
}

function identitiesOf({ keys, merged }: NonNullable<Told["others"]>[number]) {
  return {
    patient: identity(...keys),
    ...(merged === undefined ? {} : { merged: identity(...merged) }),
  };
}
