import type { Routes } from "../contract/index.ts";
import { needPurpose, recordAnswer } from "../fhir-disclosure.ts";
import type { FhirHandler } from "../handler.ts";

export const readSiteFhir: FhirHandler<Routes["readSiteFhir"]> = async (
  { caller, params: { site, type, id } },
  dependencies,
) => {
  needPurpose(caller, dependencies);
  const answer = await dependencies.gateway.read(site, { type, id });
  return recordAnswer(answer, { caller, action: "readSiteFhir" }, dependencies);
};
