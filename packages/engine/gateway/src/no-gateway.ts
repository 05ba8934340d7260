import { gatewayErrors } from "./errors.ts";
import type { Gateway } from "./gateway.ts";
import { ownStatus } from "./own-status.ts";

/** The gateway of a hub of which no site answers over FHIR. Loads nothing of what asking takes. */
export const noGateway: Gateway = {
  search: (site) => Promise.reject(gatewayErrors.unknownSite({ site })),
  read: (site) => Promise.reject(gatewayErrors.unknownSite({ site })),
  connections: () => [],
  site: (site) => Promise.reject(gatewayErrors.unknownSite({ site })),
  failureStatus: ownStatus,
  retryAfterSeconds: () => undefined,
  meaningOf: () => undefined,
  accessNames: () => [],
  close: () => Promise.resolve(),
};
