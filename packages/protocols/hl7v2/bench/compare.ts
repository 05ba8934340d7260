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
        const isWarmUp = round < 0;
        const rate = rateOf(() => run(task.text), isWarmUp ? 4 * roundMs : roundMs);
        if (!isWarmUp) rates.push(rate);
      }
    }
    const rates = new Map(runs.map((run) => [run.name, median(run.rates)]));
    const [ours = 0, ...others] = rates.values();
    const ratio = ours / Math.max(...others);
    return { task: task.name, bytes: task.text.length, rates, ratio, bound: task.bound };
  });
}

/**
 * Parsers that read different things are not compared. What is printed may differ at the end of a
 * segment, where some drop empty fields.
 */
function sameAnswers(answers: readonly (readonly [string, readonly string[] | string])[]): void {
  const read = JSON.stringify(answers[0]?.[1]);
  for (const [name, answer] of answers) {
    const isSame =
      typeof answer === "string"
        ? /\rPID\|[^\r]*\|BEACON\^[^\r]*\|U/u.test(answer)
        : JSON.stringify(answer) === read;
    if (!isSame) throw new Error(`${name} reads or writes something else`);
  }
}

/** Per second of processor time, of all threads, so that other programs on the machine count less. */
function rateOf(action: () => unknown, forMs: number): number {
  const before = process.cpuUsage();
  let count = 0;
  for (;;) {
    for (let turn = 0; turn < 16; turn += 1) action();
    count += 16;
    const { user, system } = process.cpuUsage(before);
    if (user + system >= forMs * 1000) return (count * 1_000_000) / (user + system);
  }
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

/** What is read of a result: the header, the patient, the order, and values. */
export const resultPaths: readonly string[] = inResult.map(
  ([segment, index, field, component]) => `${segment}[${index}]-${field}.${component}`,
);

const tasks: readonly Task[] = [
  reading("ADT, 12 fields", 2.5, { text: admission(12_345), wanted: inAdmission }),
  reading("ORU with 20 OBX, 12 fields", 5, { text: result(12_345, 20), wanted: inResult }),
  reading("ORU with 500 OBX, 12 fields", 4, { text: result(12_345, 500), wanted: inResult }),
  editing("ADT, edit 2 fields and print", 2.5, admission(12_345)),
  editing("ORU with 20 OBX, edit 2 fields and print", 2.5, result(12_345, 20)),
];

function reading(
  name: string,
  bound: number,
  { text, wanted }: { text: string; wanted: readonly Wanted[] },
): Task {
  return { name, bound, text: text.trimEnd(), run: (contestant) => contestant.reader(wanted) };
}

function editing(name: string, bound: number, text: string): Task {
  return {
    name,
    bound,
    text: text.trimEnd(),
    run: (contestant) => (it) => {
      const printed = contestant.edit(it);
      // A string that was added together is only copied into one when somebody looks into it.
      if (printed.charCodeAt(printed.length - 1) === 0) throw new Error("no text ends so");
      return printed;
    },
  };
}
