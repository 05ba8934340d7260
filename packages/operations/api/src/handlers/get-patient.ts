import type { Routes } from "../contract/index.ts";
import { disclose } from "../disclosure.ts";
import { apiErrors } from "../errors.ts";
import type { Handler } from "../handler.ts";
import { viewPatient, viewResource } from "../patient-view.ts";

export const getPatient: Handler<Routes["getPatient"]> = async (
  { caller, params },
  dependencies,
) => {
  const { record, maxRecordItems } = dependencies;
  const patient = await record.patient(params.patientId);
  if (patient === undefined) throw apiErrors.notFound();
  const found = await record.resources(patient.id, maxRecordItems + 1);
  const look = { action: "getPatient", subjects: [`patient ${patient.id}`] };
  const disclosure = await disclose(caller, look, dependencies);
  return {
    patient: viewPatient(patient, disclosure),
    isRevealed: disclosure.isRevealed,
    merged: [...patient.merged],
    items: found.slice(0, maxRecordItems).map((resource) => viewResource(resource, disclosure)),
    isCut: found.length > maxRecordItems,
  };
};
