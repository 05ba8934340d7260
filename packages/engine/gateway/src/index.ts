export { gatewayErrors } from "./errors.ts";
export type {
  Capability,
  FhirAnswer,
  FhirNotice,
  Gateway,
  ReadAsked,
  SearchAsked,
  SiteConnection,
  SiteLoad,
  SiteFhirState,
} from "./gateway.ts";
export { matchesQuery } from "./matches-query.ts";
export { referencesIn } from "./references.ts";
export type { Needs, Parameter } from "./needs.ts";
export type { ScopeUse } from "./scope-use.ts";
export { noGateway } from "./no-gateway.ts";
export type { SiteLimits, SiteToOpen } from "./site-to-open.ts";
