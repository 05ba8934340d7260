// Parse, group and validate on one core. Run: node packages/protocols/hl7v2/bench/validate.bench.ts [seconds]

import { describeMessage, parseMessage } from "../src/index.ts";
import { groupMessage } from "../src/knowledge/index.ts";
import { createValidator } from "../src/validate/index.ts";
import { admission } from "./admission.ts";

const seconds = Number(process.argv[2] ?? 1);
const text = admission(1);
const validate = createValidator();

const rows = [
  { name: "parse", run: () => void parsed() },
  { name: "parse, group", run: () => void groupMessage(parsed()) },
  { name: "parse, validate", run: () => void validate(parsed()) },
  { name: "parse, describe", run: () => void describeMessage(parsed()) },
];
console.log(`ADT^A01 of ${text.length} bytes; medians of rounds of 200 messages, processor time`);
for (const { name, run } of rows) console.log(`${name.padEnd(18)} ${median(run)} µs a message`);
console.log("validation alone is the difference to parse; it reads fields that parse leaves uncut");

function parsed() {
  const result = parseMessage(text);
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

function median(run: () => void): string {
  for (let count = 0; count < 2_000; count += 1) run();
  const rounds: number[] = [];
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    // Processor time, so that what else the machine does counts little.
    const start = process.cpuUsage();
    for (let count = 0; count < 200; count += 1) run();
    const { user, system } = process.cpuUsage(start);
    rounds.push((user + system) / 200);
  }
  return (rounds.toSorted((first, second) => first - second)[rounds.length >> 1] ?? 0).toFixed(1);
}
