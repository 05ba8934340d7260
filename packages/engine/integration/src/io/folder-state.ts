import { type WalkedFolder, walkFolder } from "./walk-folder.ts";

/** Tells one state of a folder's files from another, without reading them. */
export type FolderState = string;

/**
 * The state of the files that are read of a folder: their names, sizes and times, and which files
 * they are. What is there and belongs to nothing counts by its name, for it is a problem.
 */
export async function folderState(directory: string): Promise<FolderState> {
  return stateOf(await walkFolder(directory));
}

/** The same of a folder that was walked. */
export function stateOf({ files, others, closed }: WalkedFolder): FolderState {
  return JSON.stringify([[...files].map(([path, { text }]) => [path, text]), others, closed]);
}
