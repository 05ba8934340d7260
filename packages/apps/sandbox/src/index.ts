export type { Chart, Person } from "./chart/chart.ts";
export { Hospital, type HospitalOptions } from "./chart/hospital.ts";
export { sandboxErrors } from "./errors.ts";
export {
  type CapabilityQuestion,
  capabilityStatement,
} from "./fhir/capability/capability-statement.ts";
export { offeredType } from "./fhir/capability/resource-types.ts";
export { ChartStore, type ChartStoreOptions } from "./fhir/chart-store.ts";
export { type FhirSite, createFhirSite } from "./fhir/resources/fhir-site.ts";
export { backgroundUserId } from "./fhir/resources/staff.ts";
export type { Filed, FhirStore, Written } from "./fhir/store.ts";
export { readyProfiles } from "./io/load-profile.ts";
export { type Sandbox, type SandboxHttp, fhirBaseAt, startSandbox } from "./io/sandbox.ts";
export { loadPathways, pathwayFolder } from "./io/load-pathways.ts";
export { type SandboxSettings, sandboxSettings } from "./settings.ts";
export { type SiteSwitches, siteSwitches } from "./site/switches.ts";
export { type Sent, traffic } from "./traffic.ts";
