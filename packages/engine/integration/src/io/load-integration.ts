import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { channelSettings, destinationSettings } from "@trestle/channels";
import { type ConfigProblem, readYaml } from "@trestle/config";
import { type CodeRow, codeTables, readCodeTable } from "@trestle/mapping";
import type { z } from "zod";
import { type CrossProblem, type Parts, crossCheck } from "../cross-checks.ts";
import type { Feed, Integration, Site } from "../integration.ts";
import { settingsSchema } from "../settings.ts";
import { type SiteSettings, siteSettings } from "../site-settings.ts";
import { readFolder } from "./folder-files.ts";
import { revisionOf } from "./revision.ts";

/** A checked folder, or all of its problems. */
export type Loaded =
  | { readonly ok: true; readonly integration: Integration }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Reads an integration folder. It is loaded whole or not at all, with every problem at once. */
export async function loadIntegration(directory: string): Promise<Loaded> {
  if (!(await isFolder(directory))) return { ok: false, problems: [noFolder(directory)] };
  const files = await readFolder(directory);
  const problems: ConfigProblem[] = [...unexpectedFiles(files)];
  const reader = new Reader(files, problems);
  const settings = reader.one("trestle.yaml", settingsSchema);
  const parts: Parts = {
    settings,
    channels: reader.each(/^channels\/(?<name>[^/]+)\.yaml$/u, channelSettings),
    destinations: reader.each(/^destinations\/(?<name>[^/]+)\.yaml$/u, destinationSettings),
    sites: reader.each(/^sites\/(?<name>[^/]+)\/site\.yaml$/u, siteSettings),
  };
  const tables = reader.tables();
  // Names that others define are judged only when every file could be read.
  if (problems.length === 0)
    problems.push(...crossCheck(parts).map((problem) => placed(files, problem)));
  if (problems.length > 0 || settings === undefined)
    return { ok: false, problems: sorted(problems) };
  return {
    ok: true,
    integration: {
      directory: resolve(directory),
      revision: await revisionOf(directory, files),
      settings,
      channels: parts.channels,
      destinations: parts.destinations,
      sites: new Map([...parts.sites].map(([id, site]) => [id, siteOf(id, site, tables.get(id))])),
    },
  };
}

/** Reads files of a folder and collects what is wrong with them. */
class Reader {
  readonly #files: ReadonlyMap<string, string>;
  readonly #problems: ConfigProblem[];

  constructor(files: ReadonlyMap<string, string>, problems: ConfigProblem[]) {
    this.#files = files;
    this.#problems = problems;
  }

  one<T>(path: string, schema: z.ZodType<T>): T | undefined {
    const text = this.#files.get(path);
    if (text === undefined) {
      this.#problems.push(missingFile(path));
      return undefined;
    }
    const read = readYaml(text, path, schema);
    if (read.ok) return read.value;
    this.#problems.push(...read.problems);
    return undefined;
  }

  each<T>(shape: RegExp, schema: z.ZodType<T>): ReadonlyMap<string, T> {
    const found = new Map<string, T>();
    for (const path of this.#files.keys()) {
      const name = shape.exec(path)?.groups?.["name"];
      const value = name === undefined ? undefined : this.one(path, schema);
      if (name !== undefined && value !== undefined) found.set(name, value);
    }
    return found;
  }

  /** The code tables of each site, by the name of the table. */
  tables(): ReadonlyMap<string, Map<string, readonly CodeRow[]>> {
    const found = new Map<string, Map<string, readonly CodeRow[]>>();
    for (const [path, text] of this.#files) {
      const { site, table } = tablePath.exec(path)?.groups ?? {};
      if (site === undefined || table === undefined) continue;
      const { rows, problems } = readCodeTable(text, path);
      this.#problems.push(
        ...problems.map(({ line, column, code, text: what, hint }) => ({
          file: path,
          line,
          column,
          code,
          text: what,
          hint,
        })),
      );
      const tables = found.get(site) ?? new Map<string, readonly CodeRow[]>();
      found.set(site, tables.set(table, rows));
    }
    return found;
  }
}

function siteOf(
  id: string,
  site: SiteSettings,
  tables: ReadonlyMap<string, readonly CodeRow[]> = new Map(),
): Site {
  const { title, timeZone, environments } = site;
  const feeds: Feed[] = [
    ...(environments.nonproduction?.feeds ?? []).map((feed) => ({
      ...feed,
      environment: "nonproduction" as const,
    })),
    ...(environments.production?.feeds ?? []).map((feed) => ({
      ...feed,
      environment: "production" as const,
    })),
  ];
  return {
    id,
    title,
    timeZone,
    environment: environments.production === undefined ? "nonproduction" : "production",
    feeds,
    tables: codeTables(tables),
  };
}

function unexpectedFiles(files: ReadonlyMap<string, string>): ConfigProblem[] {
  return [...files.keys()]
    .filter((path) => !knownPaths.some((shape) => shape.test(path)))
    .map((path) => ({
      file: path,
      line: 1,
      column: 1,
      code: "integration.unexpectedFile",
      text: "This version does not read a file of this name here.",
      hint: "It reads trestle.yaml, channels/*.yaml, destinations/*.yaml, sites/NAME/site.yaml and sites/NAME/tables/*.csv.",
    }));
}

/** Finds the place of a problem by the name it is about. */
function placed(
  files: ReadonlyMap<string, string>,
  { needle, ...problem }: CrossProblem,
): ConfigProblem {
  const text = files.get(problem.file) ?? "";
  const at =
    needle === "" ? 0 : Math.max(0, text.search(new RegExp(`\\b${RegExp.escape(needle)}\\b`, "u")));
  const before = text.slice(0, at).split("\n");
  return { ...problem, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function sorted(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return problems.toSorted(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
  );
}

function missingFile(path: string): ConfigProblem {
  return {
    file: path,
    line: 1,
    column: 1,
    code: "integration.missingFile",
    text: `The folder has no ${path}.`,
    hint: "Is this an integration folder? integrations/sample is one to copy.",
  };
}

function noFolder(directory: string): ConfigProblem {
  return {
    file: directory,
    line: 1,
    column: 1,
    code: "integration.noFolder",
    text: "There is no such folder.",
    hint: "Name an integration folder, such as integrations/sample.",
  };
}

async function isFolder(directory: string): Promise<boolean> {
  try {
    return (await stat(directory)).isDirectory();
  } catch {
    return false;
  }
}

const tablePath = /^sites\/(?<site>[^/]+)\/tables\/(?<table>[^/]+)\.csv$/u;

const knownPaths = [
  /^trestle\.yaml$/u,
  /^channels\/[^/]+\.yaml$/u,
  /^destinations\/[^/]+\.yaml$/u,
  /^sites\/[^/]+\/site\.yaml$/u,
  tablePath,
];
