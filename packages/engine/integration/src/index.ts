export type { FileKind } from "./file-kinds.ts";
export { applyApprovals } from "./apply-approvals.ts";
export {
  type Approval,
  type ApprovedSite,
  type ReadApproval,
  type SiteFiles,
  areSame,
  filesOfSite,
  readApproval,
} from "./approved-site.ts";
export { type Difference, differencesOf } from "./case-differences.ts";
export { caseSettings } from "./case-settings.ts";
export { rowText, valueText } from "./said-text.ts";
export { type FileChange, type ItemChange, changesBetween } from "./changes.ts";
export { type Found, type Receiving, type Sender, addressOf, feedFinder } from "./find-feed.ts";
export { type SiteDifference, compareSites } from "./compare-sites.ts";
export type { Environment, Feed, Integration, Site } from "./integration.ts";
export {
  type DataElement,
  type FhirDataElement,
  type Hl7DataElement,
  nameOfDataElement,
} from "./data-element-settings.ts";
export {
  type AllowedCodes,
  type FhirAtSite,
  type Hl7AtSite,
  type SiteDataElement,
  dataAtSite,
} from "./data-at-site.ts";
export type { NeedsSettings } from "./needs-settings.ts";
export type { SiteFhirSettings } from "./site-fhir-settings.ts";
export type { KnownQuirk, KnownQuirks } from "./known-quirks.ts";
export {
  type CommitAnswer,
  type FilesToCommit,
  commitFiles,
  repositoryPrefix,
  whyNoCommit,
} from "./io/commit-files.ts";
export { type LoadedCases, loadCases } from "./io/load-cases.ts";
export { type Loaded, type Notice, loadIntegration } from "./io/load-integration.ts";
export { authorOf } from "./io/revision.ts";
export { type FolderState, folderState } from "./io/folder-state.ts";
export { FolderMemory } from "./memory.ts";
export { type ChangedFile, patchOf } from "./patch.ts";
export { restartProblems } from "./restart-settings.ts";
export { type LoadedRevision, loadRevision } from "./io/load-revision.ts";
export { type LoadedSettings, loadSettings } from "./io/load-settings.ts";
export { noIntegration } from "./io/no-integration.ts";
export { type WrittenSchemas, writeSchemas } from "./io/write-schemas.ts";
export { type AnswerName, type Answers, answersSchema } from "./new-folder/answers.ts";
export { newFolder } from "./new-folder/new-folder.ts";
export { schemaFiles, schemaOf, withSchemaLine } from "./schema-files.ts";
export {
  type SettingsFile,
  type SettingsText,
  findSettingsFile,
  listSettingsFiles,
} from "./io/settings-files.ts";
export { type SiteSource, readSite } from "./io/read-site.ts";
export {
  type PlanChange,
  type ProcessingPlan,
  planChange,
  planOf,
  revisionOf,
} from "./processing-plan.ts";
export { isOfProduction, productionRevision, sharedRevision } from "./production-revision.ts";
export { productionChanges } from "./site-changes.ts";
export { settingsSections } from "./settings-sections.ts";
export { type ListenerSettings, type Settings, settingsSchema } from "./settings.ts";
export { type DifferenceKind, type HarmlessRule, differenceKinds } from "./what-if-settings.ts";
export { type SiteSettings, siteSettings } from "./site-settings.ts";
export type { SiteSetting, SiteView, ViewedSite } from "./site-view.ts";
