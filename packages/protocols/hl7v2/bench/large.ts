import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { readMessage } from "../src/index.ts";
import { median, resultPaths } from "./compare.ts";
import { result } from "./messages.ts";

/** What a result of that size takes from its bytes to twelve fields and its last value. */
export interface Growth {
  readonly megabytes: number;
  readonly segments: number;
  /** Of processor time, the median of the rounds. */
  readonly millisecondsPerMegabyte: number;
}

export function measureGrowth(sizes: readonly number[], rounds: number): Growth[] {
  const values = sizes.map((megabytes) => Math.ceil((megabytes * 1_000_000) / bytesOfOneValue));
  const bytes = values.map((count) => Buffer.from(result(1, count)));
  // As many megabytes of each size, so that what comes once in a while strikes all alike.
  const turns = sizes.map((megabytes) => Math.max(1, Math.round(Math.max(...sizes) / megabytes)));
  const times = sizes.map((): number[] => []);
  let segments: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    segments = bytes.map((message, index) => {
      // What the message before left behind is not this one's cost.
      collectGarbage();
      const before = process.cpuUsage();
      let count = 0;
      for (let turn = 0; turn < (turns[index] ?? 1); turn += 1) {
        count = readFields(message, values[index] ?? 0);
      }
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) times[index]?.push((user + system) / 1000 / (turns[index] ?? 1));
      return count;
    });
  }
  return sizes.map((megabytes, index) => ({
    megabytes,
    segments: segments[index] ?? 0,
    millisecondsPerMegabyte: median(times[index] ?? []) / ((bytes[index]?.length ?? 0) / 1_000_000),
  }));
}

/**
 * How much memory a message with a field of that size takes, from its bytes to the text of the
 * field, in copies of the field.
 */
export function measureCopies(fieldBytes: number): number {
  const field = Buffer.alloc(fieldBytes, "QUJD");
  const head = Buffer.from("MSH|^~\\&|A|B|C|D|2026||MDM^T02|1|P|2.5.1\rOBX|1|ED|PDF||^^^Base64^");
  const bytes = Buffer.concat([head, field, Buffer.from("||||||F\r")]);
  collectGarbage();
  const before = memory();
  const message = readMessage(bytes);
  const text = message.ok ? message.value.get("OBX-5.5") : undefined;
  const grown = memory() - before;
  if (text?.length !== fieldBytes || !message.ok) throw new Error("the field was not read");
  return grown / fieldBytes;
}

/** How many segments the message has. */
function readFields(bytes: Uint8Array, values: number): number {
  const read = readMessage(bytes);
  if (!read.ok) throw new Error(read.problem.code);
  const message = read.value;
  const texts = [...resultPaths, `OBX[${values - 1}]-5`].map((path) => message.get(path));
  if (texts.includes(undefined)) throw new Error("a field is missing");
  return values + segmentsBeforeValues;
}

/** What the heap and the strings outside of it take. Nothing is collected: copies would show. */
function memory(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external - arrayBuffers;
}

/** So that what is measured is what the field costs, and not what was left before. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

const bytesOfOneValue = 113;
const segmentsBeforeValues = 5;
