import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { filesBelow, root } from "./house/files.ts";

// Each example of a package's page runs as it stands there. Programs are left out, for theirs
// listen on fixed ports until somebody ends them, and so is the API, whose example needs a hub.

const pages = ["foundation", "protocols", "engine", "operations/access"]
  .flatMap((folder) => filesBelow(`packages/${folder}`, ["/README.md"]))
  .map((page) => ({ name: dirname(page.path), examples: examplesIn(page.text) }));

const examples = pages.flatMap(({ name, examples: found }) =>
  found.map((example, index) => ({ name: `${name}[${index}]`, example })),
);

test("there are pages with examples to run", () => {
  expect(pages.length).toBeGreaterThanOrEqual(9);
  expect(pages.filter(({ examples: found }) => found.length === 0).map(({ name }) => name)).toEqual(
    [],
  );
});

test.each(examples)("the example $name runs", async ({ example }) => {
  const { code, printed, complaints } = await run(example);
  expect({ code, complaints }).toEqual({ code: 0, complaints: "" });
  if (example.includes("console.log")) expect(printed).not.toBe("");
});

test("an example that fails would be seen", async () => {
  const { code, complaints } = await run('import { nothing } from "@trestle/base";');
  expect(code).not.toBe(0);
  expect(complaints).toContain("nothing");
});

function examplesIn(page: string): readonly string[] {
  return [...page.matchAll(/^```ts\n(?<code>[^]*?)^```/gmu)].map(
    ({ groups }) => groups?.["code"] ?? "",
  );
}

/** Runs TypeScript in an empty folder where the packages of this repository can be imported by name. */
async function run(code: string) {
  const folder = mkdtempSync(join(root, "node_modules", ".example-"));
  mkdirSync(join(folder, "data"));
  symlinkSync(join(root, "integrations"), join(folder, "integrations"));
  const child = spawn(process.execPath, ["--input-type=module-typescript", "--eval", code], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 20_000,
  });
  const [printed, complaints, ended] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    }),
  ]);
  rmSync(folder, { recursive: true });
  return { code: ended, printed, complaints };
}
