import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { acknowledge } from "./acknowledge.ts";
import { fhirClient } from "./fhir-client.ts";
import { hl7v2 } from "./hl7v2.ts";
import { mapping } from "./mapping.ts";
import { type Report, markdown } from "./report.ts";
import { sandbox } from "./sandbox.ts";
import { sites } from "./sites.ts";
import { start } from "./start.ts";
import { whatIf } from "./what-if.ts";
import { wholePath } from "./whole-path.ts";

/** `npm run bench [-- NAME …] [--seconds N] [--runs N] [--rate N] [--count N] [--write]` */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string" },
    runs: { type: "string", default: "3" },
    rate: { type: "string", default: "2000" },
    count: { type: "string", default: "100000" },
    write: { type: "boolean", default: false },
  },
});

const runs = Number(values.runs);
const benches: Readonly<Record<string, () => Promise<Report>>> = {
  acknowledge: () => acknowledge({ runs, seconds: Number(values.seconds ?? 5) }),
  "whole-path": () =>
    wholePath({ seconds: Number(values.seconds ?? 60), rate: Number(values.rate) }),
  start: () => start({ runs }),
  hl7v2: () => hl7v2({ rounds: 2 * runs + 1 }),
  "fhir-client": () => fhirClient({ rounds: 20 * runs + 1 }),
  sandbox: () => sandbox({ runs, seconds: Number(values.seconds ?? 5) }),
  sites: () => sites({ runs }),
  "what-if": () => whatIf({ count: Number(values.count) }),
  mapping: () => mapping({ seconds: Number(values.seconds ?? 5) }),
};

const reports: string[] = [];
for (const name of positionals.length === 0 ? Object.keys(benches) : positionals) {
  const bench = benches[name];
  if (bench === undefined)
    throw new Error(`no benchmark ${name}; there are ${Object.keys(benches).join(", ")}`);
  const report = markdown(await bench());
  process.stdout.write(`${report}\n`);
  reports.push(report);
}
const pageFile = new URL("../docs/benchmarks.md", import.meta.url);
if (values.write) writeFileSync(pageFile, page(withOthers(reports)));

/** The sections of the page in their order, those that were measured now in place of the old. */
function withOthers(measured: readonly string[]): readonly string[] {
  const titleOf = (section: string) => section.slice(0, section.indexOf("\n"));
  const fresh = new Map(measured.map((section) => [titleOf(section), section]));
  const [, ...old] = readFileSync(pageFile, "utf8").split(/^(?=## )/mu);
  const kept = old.map((section) => fresh.get(titleOf(section)) ?? section);
  const known = new Set(old.map(titleOf));
  return [...kept, ...measured.filter((section) => !known.has(titleOf(section)))];
}

function page(parts: readonly string[]): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  const version = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return [
    "# Benchmarks",
    "",
    "Written by `npm run bench -- --write`. Medians of several runs; servers that are compared ran in turn in the same run. Figures drift with the machine and its load. A ratio of two that do the same work drifts least; one against a server that stores nothing moves with the disk. Everything that takes part, senders and receivers too, shares the machine's cores, which may be cores of a virtual machine that others use as well: a figure says what the whole of it does, not what a hub with the machine to itself would.",
    "",
    `Machine: ${cpus().length} cores of ${cpu?.model ?? "an unknown processor"}, ${memory} GB, Node ${process.version}, Trestle ${version.version}, ${new Date().toISOString().slice(0, 10)}.`,
    "",
    ...parts.map((part) => `${part.trimEnd()}\n`),
  ].join("\n");
}
