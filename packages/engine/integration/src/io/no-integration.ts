import { readdir } from "node:fs/promises";
import type { ConfigProblem } from "@trestle/config";
import { isFolder } from "./folder-files.ts";

/** Why a folder is no integration folder at all; undefined where it is one. */
export async function noIntegration(directory: string): Promise<ConfigProblem | undefined> {
  if (!(await isFolder(directory))) return noFolder(directory);
  // Of some other folder, such as a home, every file would be a problem.
  return (await readdir(directory)).includes("trestle.yaml") ? undefined : missingSettings;
}

function noFolder(directory: string): ConfigProblem {
  return {
    file: directory,
    ...start,
    code: "integration.noFolder",
    text: "There is no such folder, or it is a file.",
    hint: "Name an integration folder, such as integrations/sample.",
  };
}

const start = { line: 1, column: 1 };

const missingSettings: ConfigProblem = {
  file: "trestle.yaml",
  ...start,
  code: "integration.missingFile",
  text: "The folder has no trestle.yaml, so it is no integration folder.",
  hint: "Name the integration folder: `--config DIR`, or `check DIR`. `trestle init DIR` makes one.",
};
