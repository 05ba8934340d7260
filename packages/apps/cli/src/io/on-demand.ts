/**
 * What only some commands need, loaded by those that do. Measured, loading it all takes a start from
 * 0.1 s to 0.3 s, and a person who asks for a list of messages would wait for a hub to be loaded.
 */
export const onDemand = {
  codeTables: () => import("@trestle/code-tables"),
  composer: () => import("@trestle/mapping/to-v2"),
  config: () => import("@trestle/config"),
  hub: () => import("@trestle/hub"),
  hubAddress: () => import("@trestle/hub/address"),
  hubQuirks: () => import("@trestle/hub/quirks"),
  integration: () => import("@trestle/integration"),
  limits: () => import("@trestle/integration/limits"),
  mapping: () => import("@trestle/mapping"),
  mappingConfiguration: () => import("@trestle/mapping/configuration"),
  mllp: () => import("@trestle/mllp"),
  sample: () => import("@trestle/sample"),
  smart: () => import("@trestle/smart"),
  siteMapping: () => import("@trestle/integration/mapping"),
  sandbox: () => import("@trestle/sandbox"),
  validation: () => import("@trestle/hl7v2/validate"),
  whatIf: () => import("@trestle/what-if"),
  undici: () => import("undici"),
} as const;
