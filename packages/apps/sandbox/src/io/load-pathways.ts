import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ConfigProblem, printProblems, readYamlFile } from "@trestle/config";
import { sandboxErrors } from "../errors.ts";
import { type Pathway, pathwaySettings } from "../life/pathway.ts";

/** The pathways that come with the sandbox. */
export const pathwayFolder = fileURLToPath(new URL("../../pathways", import.meta.url));

/**
 * Reads every pathway of a folder (`*.yaml`), in the order of their names.
 *
 * @throws {TrestleError} `sandbox.pathwaysNotReadable`, naming every problem.
 */
export async function loadPathways(folder: string): Promise<readonly Pathway[]> {
  const read = await Promise.all(
    (await filesOf(folder)).map((name) => readYamlFile(join(folder, name), pathwaySettings, name)),
  );
  const problems = read.flatMap((one) => (one.ok ? [] : one.problems));
  if (problems.length > 0) throw notReadable(problems);
  const pathways = read.flatMap((one) => (one.ok ? [one.value] : []));
  if (!pathways.some(({ weight }) => weight > 0)) throw notReadable([ofFolder(folder, nothing)]);
  return pathways;
}

async function filesOf(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(".yaml")).toSorted();
  } catch {
    throw notReadable([ofFolder(folder, unreadable)]);
  }
}

function notReadable(problems: readonly ConfigProblem[]): Error {
  return sandboxErrors.pathwaysNotReadable({ problems: `\n${printProblems(problems)}\n` });
}

/** What concerns no line of a file. */
function ofFolder(
  folder: string,
  problem: Pick<ConfigProblem, "code" | "text" | "hint">,
): ConfigProblem {
  return { file: folder, line: 1, column: 1, ...problem };
}

const unreadable = {
  code: "sandbox.noFolder",
  text: "The folder cannot be read.",
  hint: "Check that it exists, and that this user may read it.",
};

const nothing = {
  code: "sandbox.noPathway",
  text: "No pathway here has a weight above 0.",
  hint: "Put at least one file into the folder whose name ends in .yaml, with a weight above 0.",
};
