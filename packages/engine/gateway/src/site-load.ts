import { type FhirClientSettings, burstOf } from "@trestle/fhir/client";
import type { SiteLoad } from "./gateway.ts";

/** What the settings of a site say of load, with what holds where they leave it open. */
export function loadOf({ maxConcurrent, throttle, budget }: FhirClientSettings): SiteLoad {
  return {
    maxConcurrent,
    ...(throttle && {
      throttle: { requestsPerSecond: throttle.requestsPerSecond, burst: burstOf(throttle) },
    }),
    ...(budget && {
      budget: {
        peakRequestsPerHour: budget.peakRequestsPerHour,
        offPeakRequestsPerHour: budget.offPeakRequestsPerHour,
      },
    }),
  };
}
