import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { type ConfigProblem, type PlaceOf, readYamlFile } from "@trestle/config";
import { caseSettings } from "../case-settings.ts";
import type { Integration } from "../integration.ts";
import type { Case } from "../run-case.ts";

/** The cases of a folder that can be run, and what is wrong with the others. */
export interface LoadedCases {
  readonly cases: readonly Case[];
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads the cases of each site. A running hub has no use for them, so a case with a problem stops no
 * hub. Never throws for what the folders may hold.
 */
export async function loadCases({
  directory,
  sites,
}: Pick<Integration, "directory" | "sites">): Promise<LoadedCases> {
  const cases: Case[] = [];
  const problems: ConfigProblem[] = [];
  for (const site of [...sites.keys()].toSorted()) {
    const folder = `sites/${site}/cases`;
    const names = await namesIn(join(directory, folder));
    const used = new Set<string>();
    for (const name of names.filter((each) => each.endsWith(".yaml"))) {
      const read = await readCase({ directory, folder, site, name }, used);
      if (read.case !== undefined) cases.push(read.case);
      problems.push(...read.problems);
    }
    problems.push(...unusedFiles(folder, names, used));
  }
  return { cases, problems };
}

/** None where there is no such folder. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const names: string[] = await readdir(folder).catch(() => []);
  return names.toSorted();
}

interface CaseFile {
  readonly directory: string;
  readonly folder: string;
  readonly site: string;
  readonly name: string;
}

async function readCase(
  { directory, folder, site, name }: CaseFile,
  used: Set<string>,
): Promise<{ case?: Case; problems: readonly ConfigProblem[] }> {
  const file = `${folder}/${name}`;
  const read = await readYamlFile(join(directory, file), caseSettings, file);
  if (!read.ok) return { problems: read.problems };
  const { given, expect, warnings, because } = read.value;
  used.add(given).add(expect);
  const message = asReceived(await bytesOf(join(directory, folder, given)));
  const expected = (await bytesOf(join(directory, folder, expect)))?.toString("utf8");
  const problems = [
    ...(message === undefined ? [noSuchFile(file, "given", read.placeOf)] : []),
    ...(expected === undefined || isJson(expected) ? [] : [notJson(`${folder}/${expect}`)]),
  ];
  if (message === undefined || problems.length > 0) return { problems };
  const expectedFile = `${folder}/${expect}`;
  const base = name.replace(/\.yaml$/u, "");
  const one = { site, name: base, file, because, message, expectedFile, warnings };
  return { case: { ...one, ...(expected !== undefined && { expected }) }, problems };
}

/** Editors end lines in LF, senders end segments in CR. Byte by byte, for any character set. */
function asReceived(bytes: Buffer | undefined): Buffer | undefined {
  const text = bytes?.toString("latin1").replaceAll(/\r?\n/gu, "\r");
  return text === undefined ? undefined : Buffer.from(text, "latin1");
}

async function bytesOf(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch(() => undefined);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A message that no case names proves nothing, and its author thinks that it does. */
function unusedFiles(
  folder: string,
  names: readonly string[],
  used: ReadonlySet<string>,
): readonly ConfigProblem[] {
  return names
    .filter((name) => !name.endsWith(".yaml") && !name.endsWith(".md") && !used.has(name))
    .map((name) => ({
      file: `${folder}/${name}`,
      ...start,
      code: "integration.unusedCaseFile",
      text: "No case names this file.",
      hint: "Name it under `given` or `expect` of a case beside it, or remove it.",
    }));
}

function noSuchFile(file: string, key: "given", placeOf: PlaceOf): ConfigProblem {
  return {
    file,
    ...placeOf([key]),
    code: "integration.noCaseFile",
    text: "There is no such file beside this one.",
    hint: "Put the message there, each segment on a line of its own or ended by CR.",
  };
}

function notJson(file: string): ConfigProblem {
  return {
    file,
    ...start,
    code: "integration.notJson",
    text: "The file is no JSON.",
    hint: "Remove it, run `trestle check --accept` to have it written anew, then read what it says.",
  };
}

const start = { line: 1, column: 1 };
