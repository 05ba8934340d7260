import type { MessageLimits } from "@trestle/hl7v2";
import { folderWith } from "./folder-around.ts";
import { onDemand } from "./on-demand.ts";

/** What mapping may take. */
export interface MappingLimits {
  /** For one message. */
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Where a person sets them; hints say so. */
  readonly settingPlace: string;
}

/** What a message may have at most, and what its mapping may take. */
export interface OfflineLimits {
  readonly messages: MessageLimits;
  readonly mapping: MappingLimits;
}

/** The limits, or the problems of the folder that should say them. */
type FoundLimits =
  | { readonly ok: true; readonly limits: OfflineLimits }
  | { readonly ok: false; readonly problems: string };

/**
 * The limits for a file of messages: as the folder says that is named, or else the one that the file
 * lies in; those of a hub without settings where there is none.
 */
export async function offlineLimits(file: string, config?: string): Promise<FoundLimits> {
  const folder = config ?? folderWith(file);
  const { defaultFolderLimits, loadLimits } = await onDemand.limits();
  if (folder === undefined) {
    const { messages, processing } = defaultFolderLimits;
    const place = (section: string) =>
      `under ${section} in trestle.yaml of the folder that --config names`;
    return {
      ok: true,
      limits: {
        messages: { ...messages, settingPlace: place("messages") },
        mapping: { ...processing, settingPlace: place("processing") },
      },
    };
  }
  const loaded = await loadLimits(folder);
  if (!loaded.ok) {
    const { printProblems } = await onDemand.config();
    return { ok: false, problems: printProblems(loaded.problems) };
  }
  const { messages, processing } = loaded.limits;
  return { ok: true, limits: { messages, mapping: mappingLimits(processing) } };
}

/** Those of a folder's settings. */
export function mappingLimits(processing: Omit<MappingLimits, "settingPlace">): MappingLimits {
  return { ...processing, settingPlace: "under processing in trestle.yaml" };
}
