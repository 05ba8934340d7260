import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** The files of an integration folder by their path in it, with `/` between the parts. */
export async function readFolder(directory: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => isRead(path))
    .toSorted();
  const texts = await Promise.all(paths.map((path) => readFile(join(directory, path), "utf8")));
  return new Map(paths.map((path, index) => [path, texts[index] ?? ""]));
}

/** `h-` and the first 12 digits of a SHA-256 over paths and contents. */
export function contentHash(files: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256");
  for (const [path, text] of files) hash.update(`${path}\n${text.length}\n${text}`);
  return `h-${hash.digest("hex").slice(0, 12)}`;
}

/** Hidden files, prose and example messages configure nothing. */
function isRead(path: string): boolean {
  const isHidden = path.split("/").some((part) => part.startsWith("."));
  return !isHidden && !path.endsWith(".md") && !path.startsWith("messages/");
}
