import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { printProblems, readYamlFile } from "@trestle/config";
import { sandboxErrors } from "../errors.ts";
import { type SandboxProfile, sandboxProfile } from "../site/profile.ts";

const profileFolder = fileURLToPath(new URL("../../profiles", import.meta.url));

/**
 * Reads a site's profile.
 *
 * @param nameOrFile The name of one that comes with the sandbox, such as `older-release`, or a file.
 * @throws {TrestleError} `sandbox.profileNotReadable`, naming every problem.
 */
export async function loadProfile(nameOrFile: string | undefined): Promise<SandboxProfile> {
  if (nameOrFile === undefined) return sandboxProfile.parse({});
  const ready = join(profileFolder, `${basename(nameOrFile)}.yaml`);
  const isReady = basename(nameOrFile) === nameOrFile && existsSync(ready);
  const read = await readYamlFile(isReady ? ready : nameOrFile, sandboxProfile, nameOrFile);
  if (read.ok) return read.value;
  const problems = `\n${printProblems(read.problems)}\n`;
  throw sandboxErrors.profileNotReadable({ problems, ready: (await readyProfiles()).join(", ") });
}

/** The names of the profiles that come with the sandbox. */
export async function readyProfiles(): Promise<readonly string[]> {
  const files = await readdir(profileFolder);
  return files
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => basename(name, ".yaml"))
    .toSorted();
}
