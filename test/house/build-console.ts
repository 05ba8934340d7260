import { spawnSync } from "node:child_process";
import { existsSync, globSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./files.ts";
import { environment } from "./tools.ts";

/**
 * Builds the web console where its result is missing or older than its sources.
 *
 * @returns Whether the console is built; false also where its sources are not there.
 */
export function buildConsole(): boolean {
  const page = join(folder, "index.html");
  if (!existsSync(page)) {
    console.error("packages/apps/console has no index.html, so there is nothing to build");
    return false;
  }
  if (isFresh()) return true;
  console.error("building the console …");
  const vite = join(root, "node_modules/vite/bin/vite.js");
  const { status } = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", 2, 2],
  });
  return status === 0;
}

function isFresh(): boolean {
  const built = join(folder, "dist/index.html");
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  return globSync(sources, { cwd: root }).every(
    (path) => statSync(join(root, path)).mtimeMs <= builtAt,
  );
}

const folder = join(root, "packages/apps/console");

/** What the build reads: the console and the contract that it bundles. */
const sources = [
  "packages/apps/console/*.{html,json,ts}",
  "packages/apps/console/{src,public}/**/*.*",
  "packages/operations/api/src/contract/**/*.ts",
];
