export { ApiFailure, type CallOf, type Transport, callRoute } from "./client.ts";
export type {
  PromotionGroupView,
  PromotionReply,
  PromotionView,
  WaitingPromotionView,
} from "./promotions.ts";
export type {
  ConfigurationChangeView,
  ConfigurationReply,
  RefusedChangeView,
} from "./configuration.ts";
export type { ChangeSet } from "./change-sets.ts";
export { type MessagesEvent, changedEvent, eventsPath, messagesEvent } from "./events.ts";
export { type FhirNotice, type ScopeRow, type SiteFhir, siteQuery } from "./fhir.ts";
export type { Attempt, Delivery, MessageSummary, TreeNode } from "./messages.ts";
export type { ChannelOverview, DestinationOverview, Overview, SiteOverview } from "./overview.ts";
export type { PatientSummary, RecordItem } from "./patients.ts";
export type {
  ProbeAsked,
  ProbeElement,
  ProbeReport,
  ProbeShare,
  ProbeSummary,
  RunningProbe,
} from "./probes.ts";
export type { Permission, ReplyOf, RequestOf, Route } from "./route.ts";
export { type RouteName, type Routes, routes } from "./routes.ts";
export type {
  SettingEdit,
  SettingProblem,
  SettingsChangeSet,
  SettingsContent,
  SettingsFile,
} from "./settings-files.ts";
export type { Session } from "./session.ts";
export {
  type Health,
  type Problem,
  type ProblemDetails,
  type Purpose,
  purposes,
} from "./shapes.ts";
export type {
  CodeChangeSet,
  CodeDecision,
  CodeSuggestion,
  TableCoverage,
  TableRow,
  UnmappedCode,
} from "./tables.ts";
export type { WhatIfGroup, WhatIfRun } from "./what-ifs.ts";
