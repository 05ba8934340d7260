import { createHash } from "node:crypto";
import { join, matchesGlob } from "node:path";
import { type Result, fail, succeed } from "@trestle/base";
import { type FileKind, fileKinds } from "../file-kinds.ts";
import { isRead } from "../folder-shape.ts";
import { readText } from "./folder-files.ts";
import { walkFolder } from "./walk-folder.ts";

/** A YAML file of an integration folder, or one that it may have. */
export interface SettingsFile {
  /** In the folder, with `/` between the parts. */
  readonly path: string;
  readonly kind: FileKind;
  /** False where the folder may have it and has not. */
  readonly isThere: boolean;
}

/** What a settings file says. */
export interface SettingsText {
  /** Empty where the file is not there. */
  readonly text: string;
  /** Of the text; the same for the same one, and another where the file is not there. */
  readonly hash: string;
}

/**
 * Every YAML file that a revision is made of, and those beside them that a folder may have once: for
 * itself, and for each site that it has. Sorted by path. Cases are no part of a revision.
 */
export async function listSettingsFiles(directory: string): Promise<readonly SettingsFile[]> {
  const { files } = await walkFolder(directory);
  const sites = new Set([...files.keys()].flatMap((path) => siteFolder.exec(path)?.[0] ?? []));
  const possible = ["", ...sites].flatMap((folder) => onceIn(folder));
  const paths = new Set([...files.keys(), ...possible]);
  return [...paths].toSorted().flatMap((path) => {
    const kind = isRead(path) ? fileKinds.find((one) => matchesGlob(path, one.files)) : undefined;
    return kind === undefined ? [] : [{ path, kind, isThere: files.has(path) }];
  });
}

/**
 * One of those files with its text. The path is compared with the names that the folder has, so that
 * none leads out of it.
 */
export async function findSettingsFile(
  directory: string,
  { path, maxFileBytes }: { readonly path: string; readonly maxFileBytes: number },
): Promise<Result<SettingsFile & SettingsText> | undefined> {
  const file = (await listSettingsFiles(directory)).find((one) => one.path === path);
  if (file === undefined) return undefined;
  if (!file.isThere) return succeed({ ...file, text: "", hash: noFile });
  const text = await readText(join(directory, path), maxFileBytes);
  if (typeof text !== "string") return fail({ code: text.code, text: text.text, hint: text.hint });
  return succeed({ ...file, text, hash: hashOf(text) });
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function onceIn(folder: string): readonly string[] {
  const names = folder === "" ? ["integration", "what-if"] : ["people", "overlay", "profile"];
  return names.map((name) => `${folder}${name}.yaml`);
}

/** The folder of a site that has a `site.yaml`. */
const siteFolder = /^sites\/[^/]+\/(?=site\.yaml$)/u;
const noFile = "none";
