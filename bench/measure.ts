import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** A process of the benchmark that said on its first line where it listens. */
export interface Server {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** What the load process measured. Latencies in milliseconds. */
export interface Load {
  readonly sent: number;
  readonly refused: number;
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
}

export async function startServer(file: string, words: readonly string[]): Promise<Server> {
  const child = start(file, words);
  const { port } = JSON.parse(await firstLine(child)) as { port: number };
  return { port, pid: child.pid ?? 0, stop: () => stop(child) };
}

type Options = Readonly<Record<string, string | number>>;

export async function runLoad(options: Options): Promise<Load> {
  return loadBy("load/mllp-load.ts", options);
}

/** What the load process measured of HTTP. */
export interface HttpLoad extends Load {
  readonly bytes: number;
}

export async function runHttpLoad(options: Options): Promise<HttpLoad> {
  return loadBy("load/http-load.ts", options);
}

async function loadBy<Measured extends Load>(file: string, options: Options): Promise<Measured> {
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return askProcess(file, words);
}

/**
 * Starts a process of the benchmark and gives what it says on its first line, as JSON.
 *
 * @param ofNode Options of Node.
 */
export async function askProcess<Answer>(
  file: string,
  words: readonly string[],
  ofNode: readonly string[] = [],
): Promise<Answer> {
  return JSON.parse(await firstLine(start(file, words, ofNode))) as Answer;
}

/** What a process took from its start to its end. */
export interface Took {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The most that was resident. */
  readonly memoryMb: number;
  readonly code: number;
}

/** Runs a command to its end and looks at it every few milliseconds, for it cannot be asked then. */
export function runToEnd(command: string, words: readonly string[]): Promise<Took> {
  return new Promise((resolve, reject) => {
    const before = performance.now();
    const child = spawn(command, words, { env: ownNode, stdio: ["ignore", "ignore", "inherit"] });
    const seen = { cpuSeconds: 0, memoryMb: 0 };
    const look = setInterval(() => {
      // It may have ended since the last look, and then there is nothing to read.
      if (child.pid === undefined || !existsSync(`/proc/${child.pid}/status`)) return;
      seen.cpuSeconds = Math.max(seen.cpuSeconds, cpuSeconds(child.pid));
      seen.memoryMb = Math.max(seen.memoryMb, residentMb(child.pid));
    }, 20);
    child.once("error", reject);
    child.once("exit", (code) => {
      clearInterval(look);
      resolve({ seconds: (performance.now() - before) / 1000, ...seen, code: code ?? -1 });
    });
  });
}

/** Seconds that all threads of a process have worked so far, in steps of 0.01. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name in brackets may hold blanks; behind it user time is the 12th field, system the 13th.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident memory of a process in MB. */
export function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(?<kb>\d+)/u.exec(status)?.groups?.["kb"] ?? 0) / 1024;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === "object" && address !== null) resolve(address.port);
        else reject(new Error("no port"));
      });
    });
  });
}

/** Commands of this repository run on the Node that runs this. */
const ownNode = {
  ...process.env,
  PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`,
};

function start(
  file: string,
  words: readonly string[],
  ofNode: readonly string[] = [],
): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return spawn(process.execPath, [...ofNode, path, ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (text.includes("\n")) resolve(text.slice(0, text.indexOf("\n")));
    });
    child.once("exit", (code) => reject(new Error(`${child.spawnfile} ended with ${code}`)));
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), 5000).unref();
  });
}
