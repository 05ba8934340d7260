import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file whole or not at all: whoever reads it finds the old content or the new one, and so
 * does whoever looks after a power cut, once the promise has resolved. It is written beside its place,
 * as the hidden `.FILE.new`, so calls for one file must not overlap.
 *
 * @param mode Permissions of the file, also where it is there already; as the process makes files
 * where left out.
 * @throws what the file system throws; the file is as it was then
 */
export async function replaceFile(
  file: string,
  content: string | Uint8Array,
  { mode }: { readonly mode?: number } = {},
): Promise<void> {
  const beside = join(dirname(file), `.${basename(file)}.new`);
  try {
    await writeDurably(beside, content, mode);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}

async function writeDurably(
  file: string,
  content: string | Uint8Array,
  mode: number | undefined,
): Promise<void> {
  const handle = await open(file, "w", mode);
  try {
    // One that was left there has the permissions that it was made with.
    if (mode !== undefined) await handle.chmod(mode);
    await handle.writeFile(content);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** A rename lives in the folder, which has a cache of its own. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
