import { glob, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { fileKinds } from "../file-kinds.ts";
import { schemaFiles, withSchemaLine } from "../schema-files.ts";

/** What `writeSchemas` did, as paths in the folder. */
export interface WrittenSchemas {
  readonly schemas: readonly string[];
  /** YAML files that begin with their line now. */
  readonly linesAdded: readonly string[];
  /** YAML files that name no schema. */
  readonly withoutLine: readonly string[];
}

/**
 * Writes the JSON Schemas into an integration folder, over those that are there. Its YAML files are
 * changed only where it is asked for, and then by one comment at their beginning.
 *
 * @throws what the file system throws
 */
export async function writeSchemas(
  directory: string,
  { addsLines = false }: { readonly addsLines?: boolean } = {},
): Promise<WrittenSchemas> {
  const files = schemaFiles();
  for (const [path, text] of files) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  const lacking = await filesWithoutLine(directory);
  if (addsLines) {
    for (const [path, text] of lacking) await writeFile(join(directory, path), text);
  }
  const paths = [...lacking.keys()];
  return {
    schemas: [...files.keys()],
    linesAdded: addsLines ? paths : [],
    withoutLine: addsLines ? [] : paths,
  };
}

/** Each YAML file that names no schema, with the text in which it would. */
async function filesWithoutLine(directory: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const globs = fileKinds.map(({ files }) => files);
  for await (const native of glob(globs, { cwd: directory })) {
    const path = native.split(sep).join("/");
    const text = withSchemaLine(await readFile(join(directory, native), "utf8"), path);
    if (text !== undefined) found.set(path, text);
  }
  return new Map([...found].toSorted(([a], [b]) => a.localeCompare(b)));
}
