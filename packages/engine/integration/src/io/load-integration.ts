import { relative, resolve, sep } from "node:path";
import type { ConfigProblem } from "@trestle/config";
import { codeTables } from "@trestle/mapping";
import { crossCheck } from "../cross-checks.ts";
import { feedsOf } from "../feeds.ts";
import type { Integration, Site } from "../integration.ts";
import type { CrossProblem, Named, Parts } from "../parts.ts";
import { readParts } from "../read-parts.ts";
import type { SiteSettings } from "../site-settings.ts";
import { type FolderFiles, isFolder, readFolder } from "./folder-files.ts";
import { revisionOf } from "./revision.ts";

/** A checked folder, or all of its problems. */
export type Loaded =
  | { readonly ok: true; readonly integration: Integration }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/**
 * Reads an integration folder. It is loaded whole or not at all, with every problem at once, sorted
 * by file, line and column. Never throws for what a folder may hold.
 *
 * @param maxFileBytes The largest file that is read; 16 MiB where left out.
 */
export async function loadIntegration(
  directory: string,
  { maxFileBytes = 16 * 1024 * 1024 }: { readonly maxFileBytes?: number } = {},
): Promise<Loaded> {
  if (!(await isFolder(directory))) return { ok: false, problems: [noFolder(directory)] };
  const files = await readFolder(directory, maxFileBytes);
  const { parts, problems: ofFiles } = readParts(files);
  const { settings } = parts;
  const problems = [
    ...files.problems,
    ...ofFiles,
    ...missingSettings(files),
    ...unexpectedFiles(files.others, dataFolderIn(directory, parts)),
    ...crossCheck(parts).map((problem) => placed(parts, problem)),
  ];
  if (problems.length > 0 || settings === undefined)
    return { ok: false, problems: sorted(problems) };
  return {
    ok: true,
    integration: {
      directory: resolve(directory),
      revision: await revisionOf(directory, files.texts),
      settings,
      channels: allOf(parts.channels),
      destinations: allOf(parts.destinations),
      sites: new Map([...allOf(parts.sites)].map(([id, site]) => [id, siteOf(id, site, parts)])),
    },
  };
}

function missingSettings({ texts, unread }: FolderFiles): ConfigProblem[] {
  if (texts.has("trestle.yaml") || unread.includes("trestle.yaml")) return [];
  return [
    {
      file: "trestle.yaml",
      ...start,
      code: "integration.missingFile",
      text: "The folder has no trestle.yaml.",
      hint: "Is this an integration folder? integrations/sample is one to copy.",
    },
  ];
}

/** Who starts a hub inside of the folder gets its data folder there too. */
function dataFolderIn(directory: string, { settings }: Parts): string | undefined {
  if (settings === undefined) return undefined;
  return relative(directory, settings.storage.directory).split(sep).join("/");
}

function unexpectedFiles(paths: readonly string[], data: string | undefined): ConfigProblem[] {
  return paths
    .filter((path) => data === undefined || !path.startsWith(`${data}/`))
    .map((file) => ({
      file,
      ...start,
      code: "integration.unexpectedFile",
      text: "This version does not read a file of this name here.",
      hint: "It reads trestle.yaml, channels/*.yaml, destinations/*.yaml, sites/NAME/site.yaml and sites/NAME/tables/*.csv.",
    }));
}

function placed(parts: Parts, { path, ...problem }: CrossProblem): ConfigProblem {
  const place = path.length === 0 ? start : parts.places.get(problem.file)?.(path);
  return { ...problem, ...(place ?? start) };
}

function sorted(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return problems.toSorted(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
  );
}

function allOf<T>(named: Named<T>): ReadonlyMap<string, T> {
  return new Map([...named].flatMap(([name, one]) => (one === undefined ? [] : [[name, one]])));
}

function siteOf(id: string, settings: SiteSettings, { tables }: Parts): Site {
  const { title, timeZone, environments } = settings;
  return {
    id,
    title,
    timeZone,
    environment: environments.production === undefined ? "nonproduction" : "production",
    feeds: feedsOf(settings).map(({ feed }) => feed),
    tables: codeTables(tables.get(id) ?? new Map()),
  };
}

function noFolder(directory: string): ConfigProblem {
  return {
    file: directory,
    ...start,
    code: "integration.noFolder",
    text: "There is no such folder.",
    hint: "Name an integration folder, such as integrations/sample.",
  };
}

const start = { line: 1, column: 1 };
