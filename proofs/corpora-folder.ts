import { join } from "node:path";
import { fileURLToPath } from "node:url";

const besideTheRepository = fileURLToPath(new URL("../../shared/corpora", import.meta.url));

/**
 * A folder of what others published and that is no part of the project. It lies beside the
 * repository, or where the environment's `TRESTLE_CORPORA` says.
 */
export function corporaFolder(name: string): string {
  return join(process.env["TRESTLE_CORPORA"] ?? besideTheRepository, name);
}
