export { type Found, type Sender, feedFinder } from "./find-feed.ts";
export type { Environment, Feed, Integration, Site } from "./integration.ts";
export { type Loaded, loadIntegration } from "./io/load-integration.ts";
export { settingsSections } from "./settings-sections.ts";
export { type Settings, settingsSchema } from "./settings.ts";
export { type SiteSettings, siteSettings } from "./site-settings.ts";
