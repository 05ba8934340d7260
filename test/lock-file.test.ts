import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./house/files.ts";
import { type LockFile, completed, missingEntries } from "./house/lock-file.ts";

test("the lock file names every optional package, so that npm ci takes it; npm run lock adds them", () => {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as LockFile;
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(missingEntries(lock).map(({ name }) => name)).toEqual([]);
});

test("a package for another platform is added with its platform", () => {
  const lock = {
    packages: {
      "": {},
      "node_modules/tool": {
        dev: true,
        optionalDependencies: { "@tool/linux-arm64-musl": "1.2.3", "@tool/win32-x64": "1.2.3" },
      },
      "node_modules/@tool/win32-x64": { version: "1.2.3" },
    },
  };
  const full = completed(lock);
  expect(missingEntries(full)).toEqual([]);
  expect(full.packages["node_modules/@tool/linux-arm64-musl"]).toEqual({
    version: "1.2.3",
    cpu: ["arm64"],
    dev: true,
    libc: ["musl"],
    optional: true,
    os: ["linux"],
  });
  expect(Object.keys(full.packages).at(-1)).toBe("node_modules/tool");
});
