import { channelSettings, destinationSettings } from "@trestle/channels";
import { type SettingsSection, describeSettings } from "@trestle/config";
import { caseSettings } from "./case-settings.ts";
import { needsSettings } from "./needs-settings.ts";
import { overlaySettings } from "./overlay-settings.ts";
import { profileSettings } from "./profile-settings.ts";
import { settingsSchema } from "./settings.ts";
import { siteSettings } from "./site-settings.ts";

/** Every setting of every file of an integration folder, for the reference pages. */
export function settingsSections(): readonly SettingsSection[] {
  return [
    { title: "trestle.yaml", rows: describeSettings(settingsSchema) },
    { title: "integration.yaml", rows: describeSettings(needsSettings) },
    { title: "channels/NAME.yaml", rows: describeSettings(channelSettings) },
    { title: "destinations/NAME.yaml", rows: describeSettings(destinationSettings) },
    { title: "sites/NAME/site.yaml", rows: describeSettings(siteSettings) },
    { title: "sites/NAME/overlay.yaml", rows: describeSettings(overlaySettings) },
    { title: "sites/NAME/profile.yaml", rows: describeSettings(profileSettings) },
    { title: "sites/NAME/cases/CASE.yaml", rows: describeSettings(caseSettings) },
  ];
}
