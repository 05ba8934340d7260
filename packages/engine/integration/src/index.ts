export { type Difference, differencesOf } from "./case-differences.ts";
export { caseSettings } from "./case-settings.ts";
export { type Found, type Sender, addressOf, feedFinder } from "./find-feed.ts";
export type { Environment, Feed, Integration, Site } from "./integration.ts";
export { type LoadedCases, loadCases } from "./io/load-cases.ts";
export { type Loaded, loadIntegration } from "./io/load-integration.ts";
export { settingsSections } from "./settings-sections.ts";
export { type ListenerSettings, type Settings, settingsSchema } from "./settings.ts";
export { type SiteSettings, siteSettings } from "./site-settings.ts";
