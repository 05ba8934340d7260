import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../../", import.meta.url));
const home = fileURLToPath(new URL("../", import.meta.url));
const page = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/^```ts\n(?<code>[^]*?)^```/gmu)].map(({ groups }) => ({
  code: groups?.["code"] ?? "",
}));
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(root, "node_modules", ".readme-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

test("the page has examples", () => {
  expect(examples.length).toBeGreaterThanOrEqual(5);
});

test("the examples are right by their types", async () => {
  const files = examples.map(({ code }, index) => {
    const file = join(folder, `example-${index}.ts`);
    writeFileSync(file, code);
    return file;
  });
  const config = join(folder, "tsconfig.json");
  writeFileSync(
    config,
    JSON.stringify({ extends: join(root, "tsconfig.json"), include: [], files }),
  );
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { stdout } = await run(process.execPath, [tsc, "-p", config]).catch(outputOf);
  expect(stdout).toBe("");
}, 120_000);

test.each(examples)("an example runs and prints what its comments say", ({ code }) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module-typescript", "--eval", code],
    { cwd: home, encoding: "utf8" },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  for (const promised of promises(code)) expect(stdout).toContain(promised);
});

/** What comments behind or below a `console.log` say that it prints; up to a colon. */
function promises(code: string): readonly string[] {
  return [...code.matchAll(/^(?:console\.log.*;\s*)?\/\/ (?<printed>.+)$/gmu)].map(({ groups }) =>
    (groups?.["printed"] ?? "").replace(/: [a-z].*$/u, ""),
  );
}

function outputOf(error: unknown): { stdout: string; stderr: string } {
  if (error instanceof Error && "stdout" in error && "stderr" in error) {
    return { stdout: String(error.stdout), stderr: String(error.stderr) };
  }
  throw error;
}
