import { readFile, stat } from "node:fs/promises";
import { Secret, TrestleError, useSecret } from "@trestle/base";
import { replaceFile } from "@trestle/base/files";
import type { JWK } from "jose";
import { z } from "zod";
import { smartErrors } from "../errors.ts";
import type { EditKeys, KeyStore } from "../keys/key-store.ts";
import type { StoredKey } from "../keys/stored-key.ts";
import { underLock } from "./file-lock.ts";

/**
 * Keys in one file of JSON that its user alone may read, written anew as a whole. Processes that
 * share it take turns by a lock file beside it.
 *
 * @param lockTimeoutMs How long to wait for another process, 10 000 where left out.
 */
export function fileKeyStore(file: string, lockTimeoutMs = 10_000): KeyStore {
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: () => readKeys(file),
    change(edit) {
      const mine = last
        .catch(() => {})
        .then(() => inTurn(file, lockTimeoutMs, () => changeFile(file, edit)));
      last = mine;
      return mine;
    },
  };
}

async function changeFile(file: string, edit: EditKeys): Promise<readonly StoredKey[]> {
  const keys = await edit(await readKeys(file));
  try {
    await replaceFile(file, JSON.stringify(keys.map(toRow)), { mode: 0o600 });
  } catch (error) {
    throw smartErrors.keysNotWritten({}, error);
  }
  return keys;
}

async function inTurn(
  file: string,
  timeoutMs: number,
  work: () => Promise<readonly StoredKey[]>,
): Promise<readonly StoredKey[]> {
  try {
    const done = await underLock(`${file}.lock`, timeoutMs, work);
    if (done.isLocked) return done.value;
  } catch (error) {
    // What comes from the edit or the file of keys has its name; the rest is the lock's.
    if (error instanceof Error && "syscall" in error) throw smartErrors.keysNotWritten({}, error);
    throw error;
  }
  throw smartErrors.keysBusy({ waitedMs: timeoutMs });
}

async function readKeys(file: string): Promise<readonly StoredKey[]> {
  try {
    const { mode } = await stat(file);
    // On Windows the mode says nothing about others.
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      throw smartErrors.keysNotReadable({ mode: (mode & 0o777).toString(8) });
    }
    return shape.parse(JSON.parse(await readFile(file, "utf8"))).map(fromRow);
  } catch (error) {
    if (error instanceof TrestleError) throw error;
    if (codeOf(error) === "ENOENT") return [];
    // The cause could quote the file, so only its kind is passed on.
    throw smartErrors.keysNotReadable({ reason: codeOf(error) });
  }
}

function toRow(key: StoredKey): object {
  return { ...key, privateKey: useSecret(key.privateKey) };
}

function fromRow({ publicKey, privateKey, ...facts }: Row): StoredKey {
  return {
    ...facts,
    publicKey: publicKey,
    privateKey: new Secret<JWK>(privateKey),
  };
}

function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error) return String(error.code);
  return error instanceof Error ? error.name : "unknown";
}

const jwk = z.looseObject({ kty: z.string() });

const shape = z.array(
  z.strictObject({
    keyId: z.string(),
    algorithm: z.enum(["RS384", "ES384"]),
    createdAtMs: z.number(),
    signsFromMs: z.number(),
    publicKey: jwk,
    privateKey: jwk,
  }),
);

type Row = z.infer<typeof shape>[number];
