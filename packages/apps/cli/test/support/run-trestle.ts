import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { runCommand } from "../../src/run-command.ts";

/** How a run of the command ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** A run of the command that goes on. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  /** Resolves when standard output or standard error holds the text; rejects when it ended first. */
  says(text: string): Promise<void>;
  /** The first row of `--json`; rejects when it ended first. */
  firstRow(): Promise<Record<string, unknown>>;
  /** As Ctrl+C does. */
  interrupt(): Promise<Ended>;
}

interface Options {
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where it runs; here if left out. */
  readonly folder?: string;
}

/** Runs the command as users do, in a process of its own, to its end. */
export function trestle(words: readonly string[], options: Options = {}): Promise<Ended> {
  const { child, ended } = startTrestle(words, options);
  // Who does not read its input may be gone before it was written.
  child.stdin.on("error", () => {}).end(options.input ?? "");
  return ended;
}

/** Runs a command line in this process, for tables of many: a process of its own takes a third of a second. */
export async function runHere(
  words: readonly string[],
  { input = "", environment = {} }: Omit<Options, "folder"> = {},
): Promise<Ended> {
  let output = "";
  let errors = "";
  const code = await runCommand(words, {
    standardInput: Readable.from([Buffer.from(input)]),
    standardOutput: (text) => (output += text),
    standardError: (text) => (errors += text),
    environment,
    signal: new AbortController().signal,
    width: undefined,
  });
  return { code, output, errors };
}

export function startTrestle(
  words: readonly string[],
  { environment, folder }: Options = {},
): Running {
  const child = spawn(process.execPath, [command, ...words], {
    cwd: folder,
    env: { ...withoutSettings(process.env), ...environment },
  });
  let output = "";
  let errors = "";
  const watchers = new Set<() => void>();
  const took = () => {
    for (const watcher of watchers) watcher();
  };
  const until = (what: string, isSo: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!isSo()) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      void ended.then(() => reject(new Error(`it ended without ${what}: ${output}${errors}`)));
      look();
    });
  child.stdout.setEncoding("utf8").on("data", (text: string) => ((output += text), took()));
  child.stderr.setEncoding("utf8").on("data", (text: string) => ((errors += text), took()));
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => resolve({ code, output, errors }));
  });
  return {
    child,
    ended,
    says: (text) => until(`“${text}”`, () => `${output}${errors}`.includes(text)),
    async firstRow() {
      await until("a row", () => output.includes("\n"));
      return JSON.parse(output.slice(0, output.indexOf("\n"))) as Record<string, unknown>;
    },
    interrupt() {
      child.kill("SIGINT");
      return ended;
    },
  };
}

/** The rows of `--json`. */
export function rowsOf({ output }: Ended): Record<string, unknown>[] {
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Whoever runs the tests may have a hub of their own. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("TRESTLE_")),
  );
}

const command = fileURLToPath(new URL("../../bin/trestle.mjs", import.meta.url));
