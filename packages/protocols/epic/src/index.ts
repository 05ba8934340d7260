export { type EpicDialectWishes, epicDialect } from "./dialect.ts";
export {
  type IssueFacts,
  type OperationOutcome,
  type OutcomeCode,
  type OutcomeCodeName,
  type OutcomeIssue,
  operationOutcome,
  outcomeCodes,
  outcomeIssue,
} from "./outcomes.ts";
export {
  type ApiName,
  type ApiUse,
  allowsApi,
  apiNames,
  apisFor,
  parseApiName,
  printApiName,
} from "./api-names.ts";
export { type ScopeLevel, type ScopeSpelling, scopesOfApis } from "./api-scopes.ts";
export { type Interaction, interactionsOf, resourceTypes } from "./interactions.ts";
export { subTypeWord, subTypesOf } from "./sub-types.ts";
export {
  type Installation,
  type SystemKind,
  extensionUrl,
  sharedSystems,
  systemAt,
  systemRootAt,
  systemSuffixes,
} from "./identifiers.ts";
