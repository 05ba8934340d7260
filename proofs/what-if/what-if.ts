import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type WhatIf, runWhatIf } from "@trestle/what-if";
import { overSeeds } from "../over-seeds.ts";
import type { ProofOptions, ProofResult } from "../proof.ts";
import { type Base, integrationIn, openBase } from "./base.ts";
import {
  type Expected,
  type SeededChange,
  adapted,
  isTaken,
  nothing,
  seededChanges,
} from "./changes.ts";

/** One check: what a change had to do, and whether just that was found. */
export interface Verdict {
  readonly seed: number;
  readonly change: string;
  readonly expected: string;
  /** What was found in place of it; undefined where it was found. */
  readonly instead?: string;
}

/**
 * Each seeded change alone, in the folder as it lies there; then all that can stand together, on a
 * branch, by the command that people type. Found must be what the text of the messages says, to the
 * message, and nothing else.
 */
export async function proveWhatIf(options: ProofOptions): Promise<ProofResult> {
  const verdicts = await overSeeds(options, proveSeed);
  const failed = verdicts.filter(({ instead }) => instead !== undefined);
  const text = report(verdicts);
  return { passed: verdicts.length - failed.length, failed: failed.length, text };
}

async function proveSeed(seed: number): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const base = await openBase({ seed, count: 600, adapted });
  try {
    for (const change of [...seededChanges(seed), ...nothing])
      verdicts.push(await judgeAlone(base, seed, change));
    verdicts.push(...(await judgeTogether(base, seed)));
    return verdicts;
  } finally {
    base.remove();
  }
}

/** One change in the folder as it lies there. */
export async function judgeAlone(base: Base, seed: number, change: SeededChange): Promise<Verdict> {
  const one = await integrationIn(base.directory);
  change.apply(base);
  try {
    const other = await integrationIn(base.directory);
    const { journalFile } = base;
    const found = await runWhatIf({
      journalFile,
      one,
      other,
      since: 0,
      now: Date.now(),
      threads: 1,
    });
    return verdict(base, { seed, changes: [change], name: change.name }, found);
  } finally {
    base.restore();
  }
}

/** All changes that no message has two of, on a branch; then with rules that allow them all. */
export async function judgeTogether(base: Base, seed: number): Promise<readonly Verdict[]> {
  const changes = seededChanges(seed).filter(({ isAlone }) => isAlone !== true);
  for (const change of changes) change.apply(base);
  base.branch("proposed");
  const told = await replay(base, "proposed");
  const all = verdict(base, { seed, changes, name: `${changes.length} changes together` }, told);
  for (const change of changes) change.apply(base);
  base.write("what-if.yaml", rulesFor(told));
  const allowed = await replay(base, ".");
  base.restore();
  const isTold = all.instead === undefined && told.code === 3;
  return [
    isTold ? all : { ...all, instead: `${all.instead ?? ""} exit code ${told.code}` },
    {
      seed,
      change: "the same, declared harmless",
      expected: "exit code 0, and every rule used",
      ...(allowed.code === 0 && allowed.rules.every(({ values }) => values > 0)
        ? {}
        : { instead: `exit code ${allowed.code}` }),
    },
  ];
}

type Told = Pick<WhatIf, "groups" | "rules"> & { readonly code: number };

/** By the command, in a process of its own. */
function replay({ directory, data }: Base, revision: string): Promise<Told> {
  const words = [
    "replay",
    "--what-if",
    revision,
    "--config",
    directory,
    "--data",
    data,
    "--threads",
    "1",
    "--json",
  ];
  return new Promise((resolve, reject) => {
    const child = execFile(command, words, { maxBuffer: 64 * 1024 * 1024 }, (error, output) => {
      const code = child.exitCode ?? -1;
      if (error !== null && code !== 3) {
        reject(new Error(`trestle replay ended with ${code}`, { cause: error }));
        return;
      }
      const rows = output.split("\n").filter((line) => line !== "");
      const parsed = rows.map((row) => JSON.parse(row) as unknown);
      const { rules } = parsed.at(-1) as WhatIf;
      resolve({ code, rules, groups: parsed.slice(0, -1) as WhatIf["groups"] });
    });
  });
}

/** A rule for each kind and path that was found. */
function rulesFor({ groups }: Pick<WhatIf, "groups">): string {
  const rules = groups.map(
    ({ kind, path, table }) =>
      `  - { path: "${path}", kind: ${kind}${table === undefined ? "" : `, table: ${table}`}, reason: The proof means it. }\n`,
  );
  return `harmless:\n${rules.join("")}`;
}

function verdict(
  { messages }: Base,
  { seed, changes, name }: { seed: number; changes: readonly SeededChange[]; name: string },
  { groups }: Pick<WhatIf, "groups">,
): Verdict {
  const [taken, refused] = [messages.filter(isTaken), messages.filter((text) => !isTaken(text))];
  const wanted = linesOf(changes.flatMap((change) => change.expected(taken, refused)));
  const found = linesOf(groups);
  // A change that no message shows would prove nothing.
  const isShown = (wanted === "") === changes.every((change) => nothing.includes(change));
  return {
    seed,
    change: name,
    expected: wanted === "" ? "nothing" : wanted,
    ...((wanted !== found || !isShown) && { instead: found === "" ? "nothing" : found }),
  };
}

/** Those of one kind, path and table together, sorted. */
function linesOf(all: readonly Expected[]): string {
  const groups = Map.groupBy(all, ({ kind, path, table }) =>
    [kind, path, ...(table === undefined ? [] : [`(${table})`])].join(" "),
  );
  return [...groups]
    .map(([name, of]) => ({ name, sum: of.reduce((sum, { messages }) => sum + messages, 0) }))
    .filter(({ sum }) => sum > 0)
    .map(({ name, sum }) => `${name} ×${sum}`)
    .toSorted()
    .join("; ");
}

function report(verdicts: readonly Verdict[]): string {
  return [
    introduction,
    "",
    "| Change | Seed | Found, and in how many messages | |",
    "| --- | --- | --- | --- |",
    ...verdicts.map(
      ({ change, seed, expected, instead }) =>
        `| ${change} | ${seed} | ${expected} | ${instead === undefined ? "as it should" : `FAILED: ${instead}`} |`,
    ),
  ].join("\n");
}

const introduction =
  "Six hundred messages of the sandbox lie in a journal, and the sample integration in a repository. Each change is made to its tables, overlay, profile, channels or transforms; what `what-if` must find is counted in the text of the messages, apart from parser and mapping, and it must find nothing else. Which row, code or type a change is about is drawn by the seed. Changes alone run through the library, those together through `trestle replay --what-if BRANCH` in a process of its own.";

const command = fileURLToPath(new URL("../../node_modules/.bin/trestle", import.meta.url));
