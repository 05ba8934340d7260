import type { Routes } from "../contract/index.ts";
import { disclose } from "../disclosure.ts";
import { apiErrors } from "../errors.ts";
import { needPurpose } from "../fhir-disclosure.ts";
import type { Handler } from "../handler.ts";

export const getProbeExamples: Handler<Routes["getProbeExamples"]> = async (
  { caller, params: { site, probe } },
  dependencies,
) => {
  needPurpose(caller, dependencies);
  const examples = dependencies.probes.examples(site, probe);
  if (examples === undefined) throw apiErrors.notFound();
  // Whose data of FHIR they are stands in the access record of the probe itself.
  const subjects = [`site ${site}`, `probe ${probe}`, ...examples.messages];
  const disclosure = await disclose(caller, { action: "getProbeExamples", subjects }, dependencies);
  const items = disclosure.show(examples.items, { open: (all) => [...all], masked: () => [] });
  return { items };
};
