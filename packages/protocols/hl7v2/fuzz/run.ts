// Looks for bytes that break a promise, guided by which code they reach.
// Run: node packages/protocols/hl7v2/fuzz/run.ts [--seconds 60] [--seed 1] [--max-bytes 2000]

import { parseArgs } from "node:util";
import { seededRandom } from "@trestle/base";
import { checkBytes } from "./checks.ts";
import { Coverage } from "./coverage.ts";
import { mutate } from "./mutate.ts";
import { seeds } from "./seeds.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    "max-bytes": { type: "string", default: "2000" },
  },
});
/** A thousand times what an input of this size takes. */
const slowMs = 2000;
const random = seededRandom(Number(values.seed));
const maxBytes = Number(values["max-bytes"]);
const coverage = new Coverage(new URL("../src/", import.meta.url).href);
await coverage.start();

const inputs = seeds();
const faults = new Map<string, Uint8Array>();
for (const input of inputs) check(input);
await coverage.take();

const begin = performance.now();
let tried = 0;
while (performance.now() - begin < Number(values.seconds) * 1000) {
  // Asking for coverage costs more than a check, so several inputs share one question.
  const batch = Array.from({ length: 16 }, () => mutate(inputs, { random, maxBytes }));
  for (const input of batch) check(input);
  tried += batch.length;
  if (!(await coverage.forget())) continue;
  for (const input of batch) {
    check(input);
    if ((await coverage.take()) > 0) inputs.push(Uint8Array.from(input));
  }
}
print(
  `seed ${values.seed}: ${tried} inputs tried, ${inputs.length} kept, ${coverage.blocks} counted blocks reached`,
);
for (const [fault, input] of faults) {
  print(`${fault}\n  ${Buffer.from(input).toString("hex")}`);
}
print(`fuzz: ${tried - faults.size} passed, ${faults.size} failed`);
process.exitCode = faults.size === 0 ? 0 : 1;

/** Keeps the shortest input for each kind of fault. */
function check(input: Uint8Array): void {
  const before = performance.now();
  let fault: string | undefined;
  try {
    checkBytes(input);
  } catch (error) {
    fault = error instanceof Error ? firstLines(error) : String(error);
  }
  if (performance.now() - before > slowMs) fault ??= `took more than ${slowMs} ms`;
  const known = fault === undefined ? undefined : faults.get(fault);
  if (fault === undefined || (known !== undefined && known.length <= input.length)) return;
  faults.set(fault, Uint8Array.from(input));
}

/** The message and where it was thrown: what tells one fault from another. */
function firstLines({ message, stack = "" }: Error): string {
  const [, place = ""] = /\n\s+at (?<place>.*)/u.exec(stack) ?? [];
  return `${message} at ${place.replace(/^.*\//u, "")}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
