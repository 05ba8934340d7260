import type { Routes } from "../contract/index.ts";
import { needPurpose } from "../fhir-disclosure.ts";
import type { Handler } from "../handler.ts";

/** Examples are patient data that somebody will look at, so they say why before. */
export const startProbe: Handler<Routes["startProbe"]> = async (
  { caller, params: { site }, body },
  dependencies,
) => {
  if (body.withExamples) needPurpose(caller, dependencies);
  const { person, purpose = "" } = caller;
  return dependencies.probes.start({ ...body, site, caller: { person, purpose } });
};
