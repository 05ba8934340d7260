import { join } from "node:path";
import { type ConfigProblem, readYamlFile } from "@trestle/config";
import { type Settings, settingsSchema } from "../settings.ts";
import { noIntegration } from "./no-integration.ts";

/** What trestle.yaml of a folder says, or what is wrong with it. */
export type LoadedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** The trestle.yaml of a folder alone, for who needs nothing else of it. */
export async function loadSettings(directory: string): Promise<LoadedSettings> {
  const none = await noIntegration(directory);
  if (none !== undefined) return { ok: false, problems: [none] };
  const read = await readYamlFile(join(directory, "trestle.yaml"), settingsSchema);
  return read.ok ? { ok: true, settings: read.value } : read;
}
