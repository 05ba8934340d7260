import { describe, expect, test } from "vitest";
import { useSecret } from "@trestle/base";
import type { KeyStore } from "../../src/index.ts";
import { generateKey } from "../../src/keys/generate-key.ts";

/** What every key store must do. */
export function describeKeyStore(name: string, open: () => KeyStore): void {
  const key = (at: number) => generateKey("ES384", { createdAtMs: at, signsFromMs: at + 0.5 });

  describe(`key store: ${name}`, () => {
    test("a new one is empty", async () => {
      expect(await open().read()).toEqual([]);
    });

    test("gives back every fact of a key, and the key", async () => {
      const store = open();
      const one = await key(1);
      await store.change(() => [one]);
      const [back] = await store.read();
      expect(back).toEqual(one);
      expect(back === undefined ? "" : useSecret(back.privateKey)).toEqual(
        useSecret(one.privateKey),
      );
    });

    test("changes take turns, so that none is lost and their order stays", async () => {
      const store = open();
      const keys = await Promise.all([1, 2, 3, 4, 5].map(key));
      await Promise.all(keys.map((one) => store.change((before) => [...before, one])));
      expect((await store.read()).map(({ createdAtMs }) => createdAtMs)).toEqual([1, 2, 3, 4, 5]);
    });

    test("a change that fails changes nothing, and the next one goes on", async () => {
      const store = open();
      const one = await key(1);
      await store.change(() => [one]);
      const failing = store.change(() => {
        throw new Error("no");
      });
      await expect(failing).rejects.toThrow("no");
      expect(await store.change((keys) => keys)).toEqual([one]);
    });
  });
}
