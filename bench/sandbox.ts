import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HttpLoad, cpuSeconds, median, residentMb, runHttpLoad } from "./measure.ts";
import type { Report } from "./report.ts";
import { type SandboxProcess, startSandboxProcess } from "./sandbox-process.ts";
import { type Questions, gatherQuestions } from "./sandbox-questions.ts";

/** The simulated hospital with 5,000 patients: its start, its memory, and how much it answers. */
export async function sandbox(options: {
  readonly runs: number;
  readonly seconds: number;
}): Promise<Report> {
  const questions = await gathered();
  const runs: Run[] = [];
  for (let run = 0; run < options.runs; run += 1) runs.push(await runOnce(questions, options));
  const of = (pick: (run: Run) => number) => median(runs.map(pick));
  return {
    title: "Simulated hospital",
    about,
    heading,
    rows: [
      [
        "Start to first answer",
        `${Math.round(of(({ startMs }) => startMs))} ms`,
        "",
        "",
        "under 5,000 ms",
      ],
      ["Resident at the start", `${Math.round(of(({ idleMb }) => idleMb))} MB`, "", "", ""],
      [
        "Resident after all of it",
        `${Math.round(of(({ loadedMb }) => loadedMb))} MB`,
        "",
        "",
        "under 700 MB",
      ],
      ...Object.keys(questions).map((name) => rowOf(name, runs)),
    ],
    notes,
  };
}

async function gathered(): Promise<Questions> {
  const hospital = await startSandboxProcess(patients);
  try {
    return await gatherQuestions(hospital, { token: await hospital.signIn(), patients });
  } finally {
    await hospital.stop();
  }
}

interface Run {
  readonly startMs: number;
  readonly idleMb: number;
  readonly loadedMb: number;
  readonly answered: ReadonlyMap<string, Answered>;
}

interface Answered extends HttpLoad {
  /** Of the hospital's process alone. */
  readonly perCpuSecond: number;
}

async function runOnce(
  questions: Questions,
  { seconds }: { readonly seconds: number },
): Promise<Run> {
  const hospital = await startSandboxProcess(patients);
  try {
    const idleMb = residentMb(hospital.pid);
    const token = await hospital.signIn();
    const answered = new Map<string, Answered>();
    for (const name of ["Reads, warm", "Searches of 50, warm"]) {
      await ask(hospital, { paths: questions[name] ?? [], token, seconds });
    }
    for (const [name, paths] of Object.entries(questions)) {
      answered.set(name, await ask(hospital, { paths, token, seconds }));
    }
    const { startMs, pid } = hospital;
    return { startMs, idleMb, loadedMb: residentMb(pid), answered };
  } finally {
    await hospital.stop();
  }
}

interface Asked {
  readonly paths: readonly string[];
  readonly token: string;
  readonly seconds: number;
}

async function ask(
  { pid, origin }: SandboxProcess,
  { paths, token, seconds }: Asked,
): Promise<Answered> {
  const folder = mkdtempSync(join(tmpdir(), "trestle-bench-"));
  const file = join(folder, "paths");
  writeFileSync(file, paths.join("\n"));
  try {
    const before = cpuSeconds(pid);
    const load = await runHttpLoad({ origin, paths: file, token, seconds, least, connections: 8 });
    if (load.refused > 0) throw new Error(`${load.refused} of ${load.sent} requests were refused`);
    return { ...load, perCpuSecond: load.sent / (cpuSeconds(pid) - before) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rowOf(name: string, runs: readonly Run[]): Report["rows"][number] {
  const of = (pick: (answered: Answered) => number) =>
    median(runs.flatMap(({ answered }) => answered.get(name) ?? []).map(pick));
  return [
    name,
    `${Math.round(of(({ rate }) => rate))}/s`,
    `${Math.round(of(({ perCpuSecond }) => perCpuSecond))}`,
    of(({ p99 }) => p99).toFixed(1),
    bounds[name] ?? "",
  ];
}

const patients = 5000;

/** Of each kind, however slow: a share of a machine that others use does not measure code that is not compiled yet. */
const least = 1000;

const bounds: Readonly<Record<string, string>> = {
  "Reads, warm": "2,000",
  "Reads, cold": "2,000",
  "Searches of 50, warm": "300",
  "Searches of 50, cold": "300",
};

const heading = ["what", "measured", "per CPU second of the hospital", "p99 ms", "bound"];

const about =
  "`trestle sandbox --no-hl7` with 5,000 patients, in a process of its own, asked as JSON by another process over 8 connections by a backend system with a token. Reads are of a Patient, an Encounter and an Observation; searches are of the vital signs of one patient, with 50 on the page. Warm are 40 patients; cold are about 1,260, each asked for again only after all others, which is more than the hospital keeps.";

const notes = [
  "The bounds are for one core. Client and hospital share the machine's cores, so what counts against them is the number of requests for each second that the hospital's process worked, with all of its threads: also those that compile and collect.",
  "Cold requests come to a process that has answered others before: its code is compiled, its patients are not invented.",
  "The hospital's own life goes on meanwhile, at its usual three messages a second.",
];
