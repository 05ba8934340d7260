import { join } from "node:path";
import type { ConfigProblem } from "@trestle/config";
import { z } from "zod";
import { messageSettings } from "../message-settings.ts";
import { processingSettings } from "../processing-settings.ts";
import { noIntegration } from "./no-integration.ts";

const limitsAlone = z.looseObject({
  messages: messageSettings.prefault({}),
  processing: processingSettings.prefault({}),
});

/** What a message may have, and what its mapping may take. */
export type Limits = Pick<z.infer<typeof limitsAlone>, "messages" | "processing">;

/** The limits of a folder, or what is wrong with them. */
export type LoadedLimits =
  | { readonly ok: true; readonly limits: Limits }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/**
 * What a message may have at most, and its mapping may take, by the trestle.yaml of a folder. What
 * else is in the folder is not looked at, so that a message can be read while it is being written.
 */
export async function loadLimits(directory: string): Promise<LoadedLimits> {
  const none = await noIntegration(directory);
  if (none !== undefined) return { ok: false, problems: [none] };
  // A command that is in no folder need not load what reads YAML.
  const { readYamlFile } = await import("@trestle/config");
  const read = await readYamlFile(join(directory, "trestle.yaml"), limitsAlone);
  return read.ok ? { ok: true, limits: read.value } : read;
}

/** What holds where there is no folder. */
export const defaultFolderLimits: Limits = limitsAlone.parse({});
