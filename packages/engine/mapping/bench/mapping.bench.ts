// Parse, map and print on one core. Run: node packages/engine/mapping/bench/mapping.bench.ts [seconds]

import { reveal } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import { codeTables, createMapper, printBundle } from "../src/index.ts";
import { admission, result } from "./messages.ts";

const seconds = Number(process.argv[2] ?? 5);
const identifiers = [
  ["LKS^MR", "MR"],
  ["EPI", "PI"],
  ["VN", "VN"],
  ["PROVID", "PRN"],
  ["HIS", "PLAC"],
  ["LAB", "FILL"],
  ["LKS", "EI"],
].map(([local = "", code = ""]) => {
  const status = "mapped" as const;
  return { local, display: "", system: `urn:example:${local}`, code, status, note: "" };
});
const tables = codeTables(new Map([["identifiers", identifiers]]));
const site = { id: "lakeshore", timeZone: "America/Chicago", tables };
const mapper = createMapper();

console.log("message              bytes    all/s    map µs    print µs    map / print");
for (const { name, write } of [
  { name: "ADT^A08", write: admission },
  { name: "ORU^R01, 20 OBX", write: result },
]) {
  // Patients, visits and orders differ from message to message; staff and places recur.
  const texts = Array.from({ length: 2000 }, (_, patient) => write(patient));
  measure(texts, seconds / 2);
  const { maps, prints, rate } = measure(texts, seconds / 2);
  const [map, print] = [median(maps), median(prints)];
  const row = [
    name.padEnd(20),
    String(texts[1]?.length).padStart(6),
    Math.round(rate).toLocaleString("en").padStart(9),
    map.toFixed(1).padStart(10),
    print.toFixed(1).padStart(12),
    (map / print).toFixed(1).padStart(15),
  ];
  console.log(row.join(""));
}

/**
 * Maps and prints in turn, so that a busy machine slows both alike. `maps` includes parsing; both
 * are in microseconds, and their medians leave out the pauses of the collector. The rate has them.
 */
function measure(texts: readonly string[], limitSeconds: number) {
  const maps: number[] = [];
  const prints: number[] = [];
  const begin = performance.now();
  while (performance.now() - begin < limitSeconds * 1000) {
    const before = performance.now();
    const bundle = mapped(texts[maps.length % texts.length] ?? "");
    const between = performance.now();
    printBundle(bundle);
    maps.push((between - before) * 1000);
    prints.push((performance.now() - between) * 1000);
  }
  return { maps, prints, rate: (maps.length * 1000) / (performance.now() - begin) };
}

function mapped(text: string) {
  const message = parseMessage(text);
  if (!message.ok) throw new Error(message.problem.text);
  return reveal(mapper.map(message.value, site).bundle);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
