import { type MessageLimits, defaultLimits } from "@trestle/hl7v2";
import { folderWith } from "./folder-around.ts";
import { onDemand } from "./on-demand.ts";

/** What a message may have at most, or the problems of the folder that should say so. */
type FoundLimits =
  | { readonly ok: true; readonly limits: MessageLimits }
  | { readonly ok: false; readonly problems: string };

/**
 * What messages of a file may have at most: as the folder says that is named, or else the one that
 * the file lies in; as the parser has it where there is none.
 */
export async function messageLimits(file: string, config?: string): Promise<FoundLimits> {
  const folder = config ?? folderWith(file);
  if (folder === undefined) return { ok: true, limits: ofNoFolder };
  const [{ loadMessageLimits }, { printProblems }] = await Promise.all([
    onDemand.limits(),
    onDemand.config(),
  ]);
  const loaded = await loadMessageLimits(folder);
  return loaded.ok ? loaded : { ok: false, problems: printProblems(loaded.problems) };
}

const ofNoFolder: MessageLimits = {
  ...defaultLimits,
  settingPlace: "under messages in trestle.yaml of the folder that --config names",
};
