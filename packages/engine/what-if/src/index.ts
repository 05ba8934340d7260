export type { Origin } from "./difference.ts";
export { whatIfErrors } from "./errors.ts";
export {
  type NamedRevision,
  type OpenedRevision,
  journalIn,
  openRevision,
  revisionInForce,
} from "./io/open-revision.ts";
export { type WhatIfOptions, runWhatIf } from "./io/run-what-if.ts";
export type { FoundGroup, Range, RuleUse, WhatIf } from "./result.ts";
