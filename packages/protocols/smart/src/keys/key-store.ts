import type { StoredKey } from "./stored-key.ts";

/** Keeps the key pairs of an app. */
export interface KeyStore {
  /**
   * All keys, in the order in which `change` put them.
   *
   * @throws {TrestleError} `smart.keysNotReadable`
   */
  read(): Promise<readonly StoredKey[]>;
  /**
   * Replaces the keys by what `edit` makes of them. No other change happens in between, of this
   * process or another that shares the store; resolves once it would survive a power cut.
   *
   * @returns What is kept now.
   * @throws {TrestleError} `smart.keysNotReadable`, `smart.keysNotWritten`, `smart.keysBusy`, and
   * whatever `edit` throws; then nothing changed.
   */
  change(edit: EditKeys): Promise<readonly StoredKey[]>;
}

export type EditKeys = (
  keys: readonly StoredKey[],
) => readonly StoredKey[] | Promise<readonly StoredKey[]>;

/** Keys that last as long as the process: for tests, and where keys come from elsewhere. */
export function memoryKeyStore(initial: readonly StoredKey[] = []): KeyStore {
  let keys = initial;
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: () => Promise.resolve(keys),
    change(edit) {
      const mine = last
        .catch(() => {})
        .then(async () => {
          keys = await edit(keys);
          return keys;
        });
      last = mine;
      return mine;
    },
  };
}
