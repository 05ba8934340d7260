import { join } from "node:path";
import { type ConfigProblem, readYamlFile } from "@trestle/config";
import type { MessageLimits } from "@trestle/hl7v2";
import { z } from "zod";
import { messageSettings } from "../message-settings.ts";

/** The limits of a folder, or what is wrong with them. */
export type LoadedLimits =
  | { readonly ok: true; readonly limits: MessageLimits }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/**
 * What a message may have at most by the trestle.yaml of a folder. What else is in the folder is not
 * looked at, so that a message can be read while it is being written.
 */
export async function loadMessageLimits(directory: string): Promise<LoadedLimits> {
  const read = await readYamlFile(join(directory, "trestle.yaml"), limitsAlone);
  return read.ok ? { ok: true, limits: read.value.messages } : read;
}

const limitsAlone = z.looseObject({ messages: messageSettings.prefault({}) });
