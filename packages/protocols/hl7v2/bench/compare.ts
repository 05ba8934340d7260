import { type Contestant, type Wanted, contestants } from "./contestants.ts";
import { admission, result } from "./messages.ts";

/** How fast each parser did one task: messages a second, the median of all rounds. */
export interface Compared {
  readonly task: string;
  readonly bytes: number;
  readonly rates: ReadonlyMap<string, number>;
  /** Trestle against the fastest of the others. */
  readonly ratio: number;
  /** What Trestle promises, at least. */
  readonly bound: number;
}

interface Task {
  readonly name: string;
  readonly bound: number;
  /** Without a last segment end: one of the parsers cannot read one that has it. */
  readonly text: string;
  run(contestant: Contestant): (text: string) => readonly string[] | string;
}

/** Each round lets every parser work in turn, so that a slow moment of the machine strikes all. */
export function compareTasks({ rounds, roundMs }: { rounds: number; roundMs: number }): Compared[] {
  return tasks.map((task) => {
    const runs = contestants.map((contestant) => ({
      name: contestant.name,
      run: task.run(contestant),
      rates: [] as number[],
    }));
    sameAnswers(runs.map(({ name, run }) => [name, run(task.text)]));
    for (let round = -1; round < rounds; round += 1) {
      for (const { run, rates } of runs) {
        const rate = rateOf(() => run(task.text), roundMs);
        if (round >= 0) rates.push(rate);
      }
    }
    const rates = new Map(runs.map((run) => [run.name, median(run.rates)]));
    const [ours = 0, ...others] = rates.values();
    const ratio = ours / Math.max(...others);
    return { task: task.name, bytes: task.text.length, rates, ratio, bound: task.bound };
  });
}

/** Parsers that read different things are not compared. */
function sameAnswers(answers: readonly (readonly [string, readonly string[] | string])[]): void {
  const [first] = answers;
  for (const [name, answer] of answers) {
    if (JSON.stringify(answer) !== JSON.stringify(first?.[1])) throw new Error(`${name} differs: ${JSON.stringify(answer)} ${JSON.stringify(first?.[1])}`);
  }
}

/** Per second of processor time, of all threads, so that other programs on the machine count less. */
function rateOf(action: () => unknown, forMs: number): number {
  const begin = performance.now();
  const before = process.cpuUsage();
  let count = 0;
  do {
    for (let turn = 0; turn < 8; turn += 1) action();
    count += 8;
  } while (performance.now() - begin < forMs);
  const { user, system } = process.cpuUsage(before);
  return (count * 1_000_000) / (user + system);
}

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

const inHeaderAndPatient: readonly Wanted[] = [
  ["MSH", 0, 9, 1],
  ["MSH", 0, 9, 2],
  ["MSH", 0, 10, 1],
  ["PID", 0, 5, 1],
  ["PID", 0, 5, 2],
  ["PID", 0, 7, 1],
  ["PID", 0, 8, 1],
  ["PV1", 0, 2, 1],
];
const inAdmission: readonly Wanted[] = [
  ...inHeaderAndPatient,
  ["PID", 0, 18, 1],
  ["EVN", 0, 2, 1],
  ["PV1", 0, 3, 1],
  ["PV1", 0, 19, 1],
];
const inResult: readonly Wanted[] = [
  ...inHeaderAndPatient,
  ["PID", 0, 3, 1],
  ["OBR", 0, 4, 1],
  ["OBX", 0, 3, 1],
  ["OBX", 10, 5, 1],
];

const tasks: readonly Task[] = [
  reading("ADT, 12 fields", 2.5, admission(12_345), inAdmission),
  reading("ORU with 20 OBX, 12 fields", 5, result(12_345, 20), inResult),
  reading("ORU with 500 OBX, 12 fields", 4, result(12_345, 500), inResult),
  editing("ADT, edit 2 fields and print", 2.5, admission(12_345)),
  editing("ORU with 20 OBX, edit 2 fields and print", 2.5, result(12_345, 20)),
];

function reading(name: string, bound: number, text: string, wanted: readonly Wanted[]): Task {
  return { name, bound, text: text.trimEnd(), run: (contestant) => contestant.reader(wanted) };
}

function editing(name: string, bound: number, text: string): Task {
  return { name, bound, text: text.trimEnd(), run: (contestant) => (it) => contestant.edit(it) };
}
