// Parse, map and print on one core. Run: node packages/engine/mapping/bench/mapping.bench.ts [seconds]

import { reveal } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import { codeTables, createMapper, printBundle } from "../src/index.ts";
import { admission, result } from "./messages.ts";

const seconds = Number(process.argv[2] ?? 2);
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

console.log("message              bytes    parse+map+print    print alone    map / print");
for (const { name, write } of [
  { name: "ADT^A08", write: admission },
  { name: "ORU^R01, 20 OBX", write: result },
]) {
  let patient = 0;
  let bundle = mapped(write(patient));
  const whole = rate(() => {
    // Patients, visits and orders differ from message to message; staff and places recur.
    bundle = mapped(write((patient += 1)));
    printBundle(bundle);
  });
  const print = rate(() => printBundle(bundle));
  const ratio = (1 / whole - 1 / print) / (1 / print);
  const row = [
    name.padEnd(20),
    String(write(1).length).padStart(5),
    `${Math.round(whole).toLocaleString("en")}/s`.padStart(18),
    `${Math.round(print).toLocaleString("en")}/s`.padStart(14),
    ratio.toFixed(1).padStart(14),
  ];
  console.log(row.join(""));
}

function mapped(text: string) {
  const message = parseMessage(text);
  if (!message.ok) throw new Error(message.problem.text);
  return reveal(mapper.map(message.value, site).bundle);
}

/** Median rate of five rounds, after a warm-up of one. */
function rate(action: () => void): number {
  const rounds = Array.from({ length: 6 }, () => round(action));
  return rounds.slice(1).sort((one, other) => one - other)[2] ?? 0;
}

function round(action: () => void): number {
  const begin = performance.now();
  let count = 0;
  while (performance.now() - begin < (seconds * 1000) / 6) {
    for (let index = 0; index < 50; index += 1) action();
    count += 50;
  }
  return (count * 1000) / (performance.now() - begin);
}
