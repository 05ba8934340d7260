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
  const subjects = [`site ${site}`, `probe ${probe}`];
  const disclosure = await disclose(caller, { action: "getProbeExamples", subjects }, dependencies);
  const items = disclosure.show(examples, { open: (all) => [...all], masked: () => [] });
  return { items };
};
