export type { ApiLog } from "./api-log.ts";
export type {
  Promoted,
  Promotion,
  PromotionAsked,
  PromotionControl,
  PromotionDifference,
  PromotionGroup,
  WaitingPromotion,
} from "./promotion.ts";
export { groupsOf } from "./promotion.ts";
export type {
  ChangeCause,
  ConfigurationChange,
  ConfigurationControl,
  ConfigurationProblem,
  RefusedChange,
  Reloaded,
} from "./configuration.ts";
export type {
  ApiDependencies,
  ApiIntegration,
  ApiSite,
  CodeInDoubt,
  CodeOfTable,
  CodesDecided,
  SettingsChanged,
  SettingsFiles,
  ListenerState,
  ProbeCaller,
  ProbeUnderWay,
  ProbeExamples,
  Probes,
  Readiness,
  WhatIfControl,
} from "./dependencies.ts";
export type {
  ChangeSet,
  CodeChangeSet,
  CodeDecision,
  CodeSuggestion,
  SettingEdit,
  SettingProblem,
  SettingsChangeSet,
  SettingsContent,
  SettingsFile,
  WhatIfRun,
} from "./contract/index.ts";
export type { TableRows } from "./table-use.ts";
export { apiErrors } from "./errors.ts";
export { type EventFeed, createEventFeed } from "./event-feed.ts";
export { type Api, type ApiOptions, startApi } from "./io/server.ts";
export { openApiDocument } from "./openapi.ts";
export type { ApiSettings } from "./settings.ts";
export { signInUrl } from "./sign-in-url.ts";
