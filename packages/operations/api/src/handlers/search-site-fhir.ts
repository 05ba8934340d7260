import type { Routes } from "../contract/index.ts";
import { needPurpose, recordAnswer } from "../fhir-disclosure.ts";
import type { FhirHandler } from "../handler.ts";
import { parametersOf } from "../search-parameters.ts";

export const searchSiteFhir: FhirHandler<Routes["searchSiteFhir"]> = async (
  { caller, params: { site, type }, query },
  dependencies,
) => {
  needPurpose(caller, dependencies);
  const asked = { reader: caller.person.id, type, parameters: parametersOf(query) };
  const answer = await dependencies.gateway.search(site, asked);
  return recordAnswer(answer, { caller, action: "searchSiteFhir" }, dependencies);
};
