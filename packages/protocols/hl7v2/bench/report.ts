import { type Compared, compareTasks } from "./compare.ts";
import { type Growth, measureCopies, measureGrowth } from "./large.ts";

/** The tables and sentences of this benchmark. */
export interface ParserReport {
  readonly heading: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly notes: readonly string[];
}

/** Runs everything: a second of processor time for each round, and ten seconds for the large ones. */
export function measureParsers({ rounds }: { rounds: number }): ParserReport {
  // Memory first, before others leave theirs to be collected.
  const copies = measureCopies(16 * 1024 * 1024);
  const compared = compareTasks({ rounds, roundMs: 40 });
  const growth = measureGrowth([1, 10, 50], Math.max(5, rounds));
  const [first] = compared;
  return {
    heading: ["Task", "Bytes", ...(first?.rates.keys() ?? []), "Times the fastest", "Bound"],
    rows: compared.map(rowOf),
    notes: [
      "Messages a second of processor time; the text of each message is the same for all, and so are the answers. Parsers work in turn, round for round; the figure is the median.",
      ...compared.filter(isBelow).map(({ task }) => `${task} is below its bound.`),
      `Parsing and reading grows with the size alone: ${growth.map(sentence).join(", ")}.`,
      `A field of 16 MB of base64 costs ${copies.toFixed(2)} times its size in memory from bytes to its text; 1 is the one copy that decoding makes.`,
    ],
  };
}

function rowOf({ task, bytes, rates, ratio, bound }: Compared): readonly (string | number)[] {
  const figures = [...rates.values()].map((rate) => Math.round(rate));
  return [task, bytes, ...figures, ratio.toFixed(2), bound];
}

function isBelow({ ratio, bound }: Compared): boolean {
  return ratio < bound;
}

function sentence({ megabytes, segments, millisecondsPerMegabyte }: Growth): string {
  const ms = millisecondsPerMegabyte.toFixed(1);
  return `${megabytes} MB (${segments} segments) ${ms} ms a MB`;
}
