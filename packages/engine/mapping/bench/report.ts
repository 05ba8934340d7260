import { reveal } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import { codeTables, createMapper, printBundle } from "../src/index.ts";
import { admission, result } from "./messages.ts";

/** The table and sentences of this benchmark. */
export interface MappingReport {
  readonly heading: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly notes: readonly string[];
}

/**
 * Parse, map and print on one core, an admission and a result of twenty values.
 *
 * @param seconds How long each of the two is measured, after as long to warm up.
 */
export function measureMapping({ seconds }: { seconds: number }): MappingReport {
  const rows = tasks.map((task) => rowOf(task, seconds));
  const below = rows.filter(([, , rate = 0, , , ratio = 0, bound = 0, most = 0]) => {
    return Number(rate) < Number(bound) || Number(ratio) > Number(most);
  });
  return {
    heading: [
      "Message",
      "Bytes",
      "Mapped/s",
      "Map µs",
      "Print µs",
      "Map / print",
      "Bound /s",
      "Bound map / print",
    ],
    rows,
    notes: [
      "“Mapped/s” is parsing and mapping with the pauses of the collector that fall into it; the microseconds are medians, which leave those out. Maps and prints take turns, so that a busy machine slows both alike.",
      ...below.map(
        ([task]) =>
          `${task} misses its bounds; see [the decision](adr/0010-maps-are-compiled-and-remember-what-recurs.md) for what was tried.`,
      ),
    ],
  };
}

/** What Trestle promises: at least this many a second, and at most so many times the cost of printing. */
const tasks = [
  { name: "ADT^A08", write: admission, bound: 15_000, most: 2 },
  { name: "ORU^R01, 20 OBX", write: result, bound: 4000, most: 2 },
];

function rowOf({ name, write, bound, most }: (typeof tasks)[number], seconds: number) {
  // Patients, visits and orders differ from message to message; staff and places recur.
  const texts = Array.from({ length: 2000 }, (_, patient) => write(patient));
  measure(texts, seconds);
  const { maps, prints } = measure(texts, seconds);
  const [map, print] = [median(maps), median(prints)];
  const total = maps.reduce((sum, each) => sum + each, 0);
  const rate = Math.round((maps.length * 1_000_000) / total);
  const bytes = texts[1]?.length ?? 0;
  return [
    name,
    bytes,
    rate,
    map.toFixed(1),
    print.toFixed(1),
    (map / print).toFixed(1),
    bound,
    most,
  ];
}

/** Both in microseconds, message by message; `maps` includes parsing. */
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
  return { maps, prints };
}

function mapped(text: string) {
  const message = parseMessage(text);
  if (!message.ok) throw new Error(message.problem.text);
  return reveal(mapper.map(message.value, site).bundle);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

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
