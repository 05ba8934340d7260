// What maps messages for a site; apart from the rest, for a hub's own thread maps nothing.

export {
  type Comparison,
  type PairedItems,
  type Place,
  type Step,
  compareValues,
  stepsTo,
} from "./compare-values.ts";
export { type ReadyPlan, processingFor, readyPlan } from "./ready-plan.ts";
export { type Case, type CaseResult, failedCase, isAsExpected, runCase } from "./run-case.ts";
export { type SiteMapper, mappingSiteOf, siteMapper } from "./site-mapper.ts";
export { tryMapping } from "./try-mapping.ts";
