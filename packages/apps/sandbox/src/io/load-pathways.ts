import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { printProblems, readYamlFile } from "@trestle/config";
import { sandboxErrors } from "../errors.ts";
import { type Pathway, pathwaySettings } from "../life/pathway.ts";

/** The pathways that come with the sandbox. */
export const pathwayFolder = fileURLToPath(new URL("../../pathways", import.meta.url));

/**
 * Reads every pathway of a folder, in the order of their names.
 *
 * @throws {TrestleError} `sandbox.pathwaysNotReadable`, naming every problem.
 */
export async function loadPathways(folder: string): Promise<readonly Pathway[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).toSorted();
  const read = await Promise.all(
    files.map((name) => readYamlFile(join(folder, name), pathwaySettings, name)),
  );
  const problems = read.flatMap((one) => (one.ok ? [] : one.problems));
  if (problems.length > 0) {
    throw sandboxErrors.pathwaysNotReadable({ problems: `\n${printProblems(problems)}\n` });
  }
  return read.flatMap((one) => (one.ok ? [one.value] : []));
}
