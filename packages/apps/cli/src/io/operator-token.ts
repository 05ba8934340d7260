import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Surroundings } from "../command.ts";
import { cliErrors } from "../errors.ts";

/**
 * The credential of the command line: TRESTLE_TOKEN, or what the hub keeps in its data folder.
 *
 * @throws {TrestleError} `cli.noToken`
 */
export function readToken(folder: string, environment: Surroundings["environment"]): string {
  const given = environment["TRESTLE_TOKEN"];
  if (given !== undefined && given !== "") return given.trim();
  try {
    return readFileSync(join(folder, "operator.token"), "utf8").trim();
  } catch (error) {
    throw cliErrors.noToken({ folder }, error);
  }
}

/** The data folder of the hub that commands talk to. */
export function dataFolderOf(
  data: string | undefined,
  environment: Surroundings["environment"],
): string {
  return data ?? (environment["TRESTLE_DATA"] || "data");
}
