import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildConsole } from "./house/build-console.ts";
import { root } from "./house/files.ts";
import { environment } from "./house/tools.ts";

// `npm test`: every test once. Arguments go to Vitest: `npm test -- packages/engine/journal`.
// The last line is the runner's own count. A console that cannot be built counts as a failed test,
// and so does an end of the runner that no failed test explains; nothing ran means failure.
const isBuilt = buildConsole();
const { passed, failed, isGreen } = runTests(process.argv.slice(2));
const allFailed = Math.max(failed, isGreen ? 0 : 1) + (isBuilt ? 0 : 1);
console.log(`tests: ${passed} passed, ${allFailed} failed`);
process.exitCode = allFailed === 0 && passed > 0 ? 0 : 1;

interface TestRun {
  readonly passed: number;
  readonly failed: number;
  readonly isGreen: boolean;
}

function runTests(args: readonly string[]): TestRun {
  const folder = mkdtempSync(join(tmpdir(), "trestle-tests-"));
  const report = join(folder, "report.json");
  try {
    const { status } = spawnSync(
      process.execPath,
      [
        join(root, "node_modules/vitest/vitest.mjs"),
        "run",
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${report}`,
        ...args,
      ],
      { cwd: root, env: environment, stdio: "inherit" },
    );
    return { ...countsIn(report), isGreen: status === 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A file that could not even be loaded holds no test; it counts as one that failed. */
function countsIn(report: string): { passed: number; failed: number } {
  const read = readReport(report);
  const unloadable = read.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return { passed: read.numPassedTests, failed: read.numFailedTests + unloadable.length };
}

/** What Vitest's JSON reporter writes, as far as it is read here. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly unknown[];
  }[];
}

function readReport(report: string): Report {
  try {
    return JSON.parse(readFileSync(report, "utf8")) as Report;
  } catch {
    // No report: Vitest found nothing to run, or did not start; its own words are above.
    return { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  }
}
