import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Secret, newToken, useSecret } from "@trestle/base";
import { replaceFile } from "@trestle/base/files";
import { accessErrors } from "../errors.ts";
import type { SqliteAccess } from "./sqlite-access.ts";

/**
 * The credential of the command line: a token in the file `operator.token` of the data folder,
 * readable by its owner alone. Made at the first start, and anew when the file is gone or does not
 * fit the state file. The state keeps only its SHA-256.
 *
 * @throws {TrestleError} `access.tokenNotKept`
 */
export async function keepOperatorToken(dataFolder: string, access: SqliteAccess): Promise<void> {
  const file = join(dataFolder, "operator.token");
  const kept = await readToken(file);
  try {
    if (kept !== undefined && (await access.session(kept)) !== undefined) {
      await chmod(file, ownerOnly);
      return;
    }
    const made = new Secret(newToken());
    await access.acceptOperatorToken(made);
    await replaceFile(file, `${useSecret(made)}\n`, { mode: ownerOnly });
  } catch (error) {
    throw accessErrors.tokenNotKept({}, error);
  }
}

async function readToken(file: string): Promise<Secret<string> | undefined> {
  try {
    return new Secret((await readFile(file, "utf8")).trim());
  } catch {
    return undefined;
  }
}

const ownerOnly = 0o600;
