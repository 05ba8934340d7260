export { type SearchParameters, type SearchValue, anyOf, token } from "./addresses.ts";
export type { Aliases } from "./aliases.ts";
export type { Authorization } from "./authorization.ts";
export type { BinaryOptions, Document } from "./binaries.ts";
export type { FhirClient } from "./client.ts";
export { type FhirClientSettings, burstOf, fhirClientSettings } from "./client-settings.ts";
export type { CreateOnceOptions, CreatedOnce } from "./create-once.ts";
export {
  type AccessNames,
  type CodeMeaning,
  type Dialect,
  type FanOut,
  plainDialect,
} from "./dialect.ts";
export { ExactDecimal, decimal } from "./exact-decimal.ts";
export { parseExact } from "./exact-json.ts";
export { type ExportFile, type ExportState, readExportState } from "./export-state.ts";
export type { Exported } from "./exported.ts";
export type { AwaitOptions, ExportRequest } from "./exporting.ts";
export { type FailureKind, type FailureName, fhirErrors, kindOf } from "./errors.ts";
export { type OpenFhirClient, openFhirClient } from "./io/open-client.ts";
export type { Issue } from "./issues.ts";
export { type Purpose, issuesBehind } from "./judge.ts";
export type { Notice, NoticeKind, SearchPart } from "./notices.ts";
export type { Operated, Operation } from "./operating.ts";
export type { ReadOptions, ReadOutcome } from "./reading.ts";
export type { LoggedRequest, RequestLog } from "./request-log.ts";
export type { ResourceOf, ResourceType } from "./resources.ts";
export type { Found, FoundAll, Search } from "./search.ts";
export type { SearchPage } from "./search-page.ts";
export { askedWaitMs } from "./retry.ts";
export { refusedPage } from "./search-parts.ts";
export type { SearchOptions } from "./searching.ts";
export type { CallOptions } from "./site.ts";
export type { CreateOptions, UpdateOptions, Written } from "./writing.ts";
