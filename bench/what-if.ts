import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Base, openBase } from "../proofs/what-if/base.ts";
import { cpuSeconds, residentMb } from "./measure.ts";
import type { Report } from "./report.ts";

/**
 * `trestle replay --what-if` on a journal of sandbox traffic, as people run it: once with a code that
 * a few messages have, once with something that every message has.
 *
 * @param count Messages in the journal; a tenth of them is measured too, to see what memory does.
 */
export async function whatIf({ count }: { count: number }): Promise<Report> {
  const rows = [];
  for (const messages of [Math.round(count / 10), count]) {
    const base = await openBase({ seed: 1, count: messages, adapted: {} });
    for (const change of changes) rows.push(await rowOf(base, { messages, change }));
    base.remove();
  }
  return {
    title: "What-if",
    about:
      "`trestle replay --what-if .` in a process of its own: starting, loading both revisions and mapping each message under both, on a thread for each core. Memory is the largest resident set of the whole process, looked at ten times a second.",
    heading: ["Change", "Messages", "That differ", "Seconds", "CPU s", "Memory MB", "Bound s"],
    rows,
    notes: [
      "The bound holds for 100,000 messages on two cores. CPU seconds drift less with what else the machine does; they are of all threads.",
    ],
  };
}

const changes = [
  {
    name: "A code of a row",
    path: "sites/lakeshore/tables/observation-code.csv",
    apply: (text: string) => text.replace("8867-4", "8889-8"),
  },
  {
    name: "The time zone",
    path: "sites/lakeshore/site.yaml",
    apply: (text: string) => text.replace("America/Chicago", "America/New_York"),
  },
];

async function rowOf(
  base: Base,
  { messages, change }: { messages: number; change: (typeof changes)[number] },
): Promise<Report["rows"][number]> {
  base.write(change.path, change.apply(base.read(change.path)));
  const { seconds, cpu, mb, differing } = await measured(base);
  base.restore();
  const bound = messages === 100_000 ? 120 : "";
  return [
    change.name,
    messages,
    differing,
    seconds.toFixed(1),
    cpu.toFixed(1),
    Math.round(mb),
    bound,
  ];
}

async function measured({ directory, data }: Base) {
  const words = ["replay", "--what-if", ".", "--config", directory, "--data", data, "--json"];
  const started = performance.now();
  const child = spawn(command, words, { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  let [cpu, mb] = [0, 0];
  const sampler = setInterval(() => {
    cpu = Math.max(
      cpu,
      sampled(() => cpuSeconds(child.pid ?? 0)),
    );
    mb = Math.max(
      mb,
      sampled(() => residentMb(child.pid ?? 0)),
    );
  }, 100);
  await new Promise((resolve) => child.once("close", resolve));
  clearInterval(sampler);
  const last = output.trimEnd().split("\n").at(-1) ?? "{}";
  const { counts } = JSON.parse(last) as { counts: { differing: number } };
  return { seconds: (performance.now() - started) / 1000, cpu, mb, differing: counts.differing };
}

/** Nothing once the process has ended. */
function sampled(look: () => number): number {
  try {
    return look();
  } catch {
    return 0;
  }
}

const command = fileURLToPath(new URL("../node_modules/.bin/trestle", import.meta.url));
