import { type SettingsSection, describeSettings } from "@trestle/config";
import { fileKinds } from "./file-kinds.ts";

/** Every setting of every file of an integration folder, for the reference pages. */
export function settingsSections(): readonly SettingsSection[] {
  return fileKinds.map(({ title, schema }) => ({ title, rows: describeSettings(schema) }));
}
