import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./house/files.ts";
import { environment } from "./house/tools.ts";

/** One tool run of `npm run check`. */
interface Step {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
}

interface Finished {
  readonly name: string;
  readonly isGreen: boolean;
  readonly seconds: number;
  readonly output: string;
}

const modules = join(root, "node_modules");
const consoleFolder = "packages/apps/console";

/** Longest first, so that two at a time end together. */
const steps: readonly Step[] = [
  {
    name: "lint",
    script: `${modules}/oxlint/bin/oxlint`,
    // Named folders: a run without them lints node_modules.
    args: ["--type-aware", "--deny-warnings", "packages", "test", "bench", "proofs"],
  },
  { name: "types", script: `${modules}/typescript/bin/tsc`, args: ["-p", "."] },
  {
    name: "types of the console",
    script: `${modules}/typescript/bin/tsc`,
    args: ["-p", consoleFolder],
  },
  {
    name: "house tests",
    script: `${modules}/vitest/vitest.mjs`,
    args: ["run", "--project", "house", "--reporter=default"],
  },
  {
    name: "unused and undeclared",
    script: `${modules}/knip/bin/knip.js`,
    // Strict: without it an undeclared import of a workspace goes unreported.
    args: ["--strict", "--no-progress", "--no-config-hints"],
  },
  {
    name: "unused in tests",
    script: `${modules}/knip/bin/knip.js`,
    args: ["--no-progress", "--no-config-hints"],
  },
  { name: "format", script: `${modules}/oxfmt/bin/oxfmt`, args: ["--check", "."] },
];

const waiting = steps.filter(
  ({ name }) =>
    name !== "types of the console" || existsSync(join(root, consoleFolder, "tsconfig.json")),
);
const finished: Finished[] = [];
await Promise.all([drain(), drain()]);
process.exitCode = finished.every(({ isGreen }) => isGreen) ? 0 : 1;

/** Runs steps until none is left; two of these run at a time, one for each core of a small machine. */
async function drain(): Promise<void> {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const result = await run(step);
    finished.push(result);
    console.log(
      `${result.isGreen ? "passed" : "FAILED"}  ${result.seconds.toFixed(1).padStart(5)} s  ${result.name}`,
    );
    if (!result.isGreen) console.log(result.output);
  }
}

function run({ name, script, args }: Step): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({
        name,
        isGreen: code === 0,
        seconds: (performance.now() - startedAt) / 1000,
        output: Buffer.concat(output).toString("utf8"),
      }),
    );
  });
}
