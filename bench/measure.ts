import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
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
  return JSON.parse(await firstLine(start(file, words))) as Measured;
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

function start(file: string, words: readonly string[]): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return spawn(process.execPath, [path, ...words], { stdio: ["ignore", "pipe", "inherit"] });
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
