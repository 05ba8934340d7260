import { type SettingRow, type SettingsSection, describeSettings } from "@trestle/config";
import { fileKinds } from "./file-kinds.ts";
import { layerKeys } from "./layer-settings.ts";

/** Every setting of every file of an integration folder, for the reference pages. */
export function settingsSections(): readonly SettingsSection[] {
  return fileKinds.map(({ name, title, schema }) => {
    const layers = layersIn.get(name) ?? [];
    return { title, rows: layers.reduce(once, describeSettings(schema)) };
  });
}

/** Where a file has the keys of a site's layers a further time. */
const layersIn: ReadonlyMap<string, readonly string[]> = new Map([
  ["integration", ["defaults"]],
  ["site", ["environments.nonproduction", "environments.production"]],
]);

/** Keys that may stand in each layer are listed for the site alone, and named elsewhere. */
function once(rows: readonly SettingRow[], layer: string): readonly SettingRow[] {
  const names = [...Object.keys(layerKeys), ...(layer === "defaults" ? ["timeZone"] : [])];
  const isRepeat = ({ path }: SettingRow) =>
    names.some((name) => `${path}.`.startsWith(`${layer}.${name}.`));
  const description = `${names.join(", ")}, each as in sites/NAME/site.yaml.`;
  const named = { path: `${layer}.*`, type: "group of keys", isRequired: false, description };
  const first = rows.findIndex(isRepeat);
  return rows
    .filter((row) => !isRepeat(row))
    .toSpliced(first, 0, { ...named, default: "", least: "", most: "" });
}
