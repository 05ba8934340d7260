import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FakeClock, temporaryFolder } from "@trestle/testkit";
import { describe, expect, test } from "vitest";
import { KeyRing, fileKeyStore, memoryKeyStore } from "../../src/index.ts";
import { describeKeyStore } from "./describe-key-store.ts";

describeKeyStore("memory", () => memoryKeyStore());
describeKeyStore("file", () => fileKeyStore(newFile()));

describe("the file of keys", () => {
  test("is readable by its user alone, and written without a trace beside it", async () => {
    const file = newFile();
    await ringOn(file).tend();
    expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
    expect(readdirSync(join(file, ".."))).toEqual(["keys.json"]);
  });

  test("outlives the process that wrote it", async () => {
    const file = newFile();
    await ringOn(file).tend();
    const before = await ringOn(file).signingKey();
    expect((await ringOn(file).signingKey()).keyId).toBe(before.keyId);
  });

  test("that others may read is refused", async () => {
    const file = newFile();
    await ringOn(file).tend();
    chmodSync(file, 0o640);
    await expect(ringOn(file).signingKey()).rejects.toMatchObject({
      code: "smart.keysNotReadable",
      facts: { mode: "640" },
    });
  });

  test("that holds something else is refused, and is neither quoted nor overwritten", async () => {
    const file = newFile();
    const content = '[{"privateKey":"something secret"}]';
    writeFileSync(file, content, { mode: 0o600 });
    const failure = ringOn(file).tend();
    await expect(failure).rejects.toMatchObject({ code: "smart.keysNotReadable" });
    await expect(failure).rejects.not.toHaveProperty("cause.message");
    expect(readFileSync(file, "utf8")).toBe(content);
  });

  test("that cannot be written says so", async () => {
    const file = join(newFile(), "no", "such", "folder.json");
    await expect(ringOn(file).tend()).rejects.toMatchObject({ code: "smart.keysNotWritten" });
  });

  test("that another process changes is waited for, and then given up", async () => {
    const file = newFile();
    const elsewhere = JSON.stringify(["another-machine", 1, "x"]);
    writeFileSync(`${file}.lock`, elsewhere);
    const store = fileKeyStore(file, 50);
    await expect(store.change((keys) => keys)).rejects.toMatchObject({ code: "smart.keysBusy" });
    expect(readFileSync(`${file}.lock`, "utf8")).toBe(elsewhere);
  });

  test("is whole after a kill in the middle of writing, and the next process goes on", async () => {
    for (const afterWrites of [3, 50]) {
      const file = newFile();
      const written = await killedWhileWriting(file, afterWrites);
      const keys = await fileKeyStore(file).read();
      expect(keys.length).toBeGreaterThanOrEqual(written);
      expect(await fileKeyStore(file).change((before) => before)).toEqual(keys);
      expect(existsSync(`${file}.lock`)).toBe(false);
    }
  });

  test("whose lock was left by a process that ended is free again", async () => {
    const file = newFile();
    const { pid } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(`${file}.lock`, JSON.stringify([hostname(), pid, "x"]));
    await Promise.all([ringOn(file).tend(), ringOn(file).tend(), ringOn(file).tend()]);
    expect(await ringOn(file).status()).toHaveLength(1);
    expect(readdirSync(join(file, ".."))).toEqual(["keys.json"]);
  });

  test("whose lock was left by a process whose id another has now is free again", async () => {
    const file = newFile();
    writeFileSync(`${file}.lock`, JSON.stringify([hostname(), process.pid, "x", "1"]));
    await ringOn(file).tend();
    expect(readdirSync(join(file, ".."))).toEqual(["keys.json"]);
  });

  test("that a process which runs is changing is left to it", async () => {
    const file = newFile();
    const { promise: isDone, resolve: end } = Promise.withResolvers<void>();
    const { promise: isBegun, resolve: begin } = Promise.withResolvers<void>();
    const first = fileKeyStore(file).change(async (keys) => {
      begin();
      await isDone;
      return keys;
    });
    await isBegun;
    const second = fileKeyStore(file, 50).change((keys) => keys);
    await expect(second).rejects.toMatchObject({ code: "smart.keysBusy" });
    end();
    await first;
  });

  test("two stores on one file take turns", async () => {
    const file = newFile();
    await Promise.all([ringOn(file).tend(), ringOn(file).tend(), ringOn(file).tend()]);
    expect(await ringOn(file).status()).toHaveLength(1);
  });
});

/** Kills a process that adds keys to a file as fast as it can; gives how many it had confirmed. */
async function killedWhileWriting(file: string, afterWrites: number): Promise<number> {
  const script = fileURLToPath(new URL("../support/write-keys.ts", import.meta.url));
  const child = spawn(process.execPath, [script, file], { stdio: ["ignore", "pipe", "inherit"] });
  let written = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    written += chunk.byteLength;
    if (written >= afterWrites) child.kill("SIGKILL");
  });
  await once(child, "close");
  return written;
}

function ringOn(file: string): KeyRing {
  const clock = new FakeClock();
  return new KeyRing({ store: fileKeyStore(file), clock, settings: { algorithm: "ES384" } });
}

function newFile(): string {
  return join(temporaryFolder().path, "keys.json");
}
