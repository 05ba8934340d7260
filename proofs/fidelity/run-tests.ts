import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../test/house/files.ts";
import { environment } from "../../test/house/tools.ts";
import type { Ran } from "./judge.ts";
import { rowName } from "./test-names.ts";

/** Runs the sandbox's tests. Those that name no section are left out. */
export function runTests(): readonly Ran[] {
  const { testResults } = report("run", "--reporter=json", "--outputFile") as Results;
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ ancestorTitles, title, status }) => {
      const name = rowName([...ancestorTitles, title]);
      return name === undefined ? [] : [{ name, isPassed: status === "passed" }];
    }),
  );
}

/** The names of the sandbox's tests that name a section, as they are written, without running them. */
export function writtenNames(): readonly string[] {
  const listed = report("list", "--json") as readonly { readonly name: string }[];
  return listed.flatMap(({ name }) => rowName(name.split(" > ")) ?? []);
}

/** Runs Vitest, which writes what it found into a file that the last of `args` names. */
function report(command: string, ...args: readonly string[]): unknown {
  const folder = mkdtempSync(join(tmpdir(), "trestle-fidelity-"));
  const file = join(folder, "report.json");
  const [output = "", ...others] = args.toReversed();
  try {
    spawnSync(
      process.execPath,
      [
        join(root, "node_modules/vitest/vitest.mjs"),
        command,
        "packages/apps/sandbox/test",
        ...others,
        `${output}=${file}`,
      ],
      { cwd: root, env: environment, stdio: ["ignore", "ignore", "inherit"] },
    );
    return JSON.parse(readFileSync(file, "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Results {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}
