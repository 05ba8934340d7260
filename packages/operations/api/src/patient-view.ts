import type { FhirResource, Patient } from "@trestle/fhir";
import type { RecordPatient, RecordResource } from "@trestle/record";
import type { PatientSummary, RecordItem } from "./contract/index.ts";
import type { Disclosure } from "./disclosure.ts";
import { type Json, maskFhir } from "./masking-fhir.ts";
import { maskedText } from "./masked-text.ts";
import { instantOf } from "./message-view.ts";

/** A patient in one line, masked unless disclosed. */
export function viewPatient(patient: RecordPatient, disclosure: Disclosure): PatientSummary {
  const { id, site, heardAt } = patient;
  const open = (resource: FhirResource) => summaryOf(resource);
  const masked = (resource: FhirResource) => maskSummary(summaryOf(resource));
  const summary = disclosure.show(patient.resource, { open, masked });
  return { id, site, ...summary, heardAt: instantOf(heardAt) };
}

/**
 * One resource of a record, masked unless disclosed. When it happened stays readable, as does when
 * it was heard, since the page is in that order.
 */
export function viewResource(kept: RecordResource, disclosure: Disclosure): RecordItem {
  const { resourceType, id, happenedAt, heardAt, position, versions } = kept;
  const resource = disclosure.show<FhirResource, Json>(kept.resource, {
    open: asJson,
    masked: (value) => maskFhir(asJson(value)),
  });
  return {
    resourceType,
    id,
    happenedAt,
    heardAt: instantOf(heardAt),
    messageId: String(position),
    versions,
    resource,
  };
}

/** FHIR types are JSON by their definition; the type checker cannot see it. */
export function asJson(value: object): Json {
  return value as unknown as Json;
}

type Summary = Pick<PatientSummary, "name" | "sex" | "birthDate" | "identifiers">;

function summaryOf(resource: FhirResource): Summary {
  if (resource.resourceType !== "Patient") {
    return { name: "", sex: "", birthDate: "", identifiers: [] };
  }
  const { gender = "", birthDate = "", identifier = [] } = resource;
  const identifiers = identifier.map(({ system = "", value = "", type }) => ({
    system,
    value,
    type: type?.coding?.[0]?.code ?? "",
  }));
  return { name: nameOf(resource), sex: gender, birthDate, identifiers };
}

function maskSummary({ name, sex, birthDate, identifiers }: Summary): Summary {
  return {
    name: maskedText(name),
    sex: maskedText(sex),
    birthDate: maskedText(birthDate),
    identifiers: identifiers.map((one) => ({ ...one, value: maskedText(one.value) })),
  };
}

/** The official name, else the first: `Beam, Ada Test`. */
function nameOf({ name: names = [] }: Patient): string {
  const name = names.find(({ use }) => use === "official") ?? names[0];
  const given = name?.given?.join(" ") ?? "";
  if (name?.family === undefined) return name?.text ?? given;
  return given === "" ? name.family : `${name.family}, ${given}`;
}
