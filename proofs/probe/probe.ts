import type { ProbeElement, ProbeReport } from "@trestle/api/contract";
import { overSeeds } from "../over-seeds.ts";
import type { ProofOptions, ProofResult } from "../proof.ts";
import { type Hospital, startHospital } from "./hospital.ts";
import { type Scenario, scenarios } from "./scenarios.ts";

/** One scenario, or the clean hospital, at one seed. */
export interface Judged {
  readonly seed: number;
  readonly title: string;
  /** What should be and is not; empty where all is as it should be. */
  readonly wrong: readonly string[];
  readonly seen: string;
}

export interface SeedOptions {
  readonly seed: number;
  readonly patients: number;
  readonly messages: number;
  readonly chosen?: readonly Scenario[];
}

/**
 * Probes a real hub's simulated hospital: each scenario must be found at its element and nowhere
 * else, and nothing at the hospital as it is at the start.
 */
export async function proveProbe(options: ProofOptions): Promise<ProofResult> {
  const judged = await overSeeds(options, (seed) =>
    proveSeed({ seed, patients: 40, messages: 800 }),
  );
  const failed = judged.filter(({ wrong }) => wrong.length > 0);
  return {
    passed: judged.length - failed.length,
    failed: failed.length,
    text: [introduction, tableOf(judged), ...failed.map(failureOf)].join("\n\n"),
  };
}

/** All scenarios at one seed, the clean hospital first and last. */
export async function proveSeed(options: SeedOptions): Promise<readonly Judged[]> {
  const { seed, chosen = scenarios } = options;
  const hospital = await startHospital(options);
  try {
    const judged = [judgeClean(await at(hospital, {}), seed, "clean, first")];
    for (const scenario of chosen) {
      const report = await at(hospital, scenario.changes);
      judged.push(judge(report, scenario, seed));
    }
    judged.push(judgeClean(await at(hospital, {}), seed, "clean again"));
    return judged;
  } finally {
    await hospital.stop();
  }
}

async function at(hospital: Hospital, changes: Scenario["changes"]): Promise<ProbeReport> {
  await hospital.become(changes);
  return hospital.probe();
}

function judge(report: ProbeReport, scenario: Scenario, seed: number): Judged {
  const { element: name, finding, words = [], isRemark = false, title } = scenario;
  const element = report.elements.find((each) => each.name === name);
  const found = element?.findings.find(({ code }) => code === finding);
  const said = `${found?.text ?? ""} ${found?.hint ?? ""}`;
  const missing = words.filter((word) => !said.includes(word));
  const isRight = found !== undefined && (found.severity === "remark") === isRemark;
  return {
    seed,
    title,
    wrong: [
      ...wholeOrWhy(report),
      ...(isRight ? [] : [`${finding} is not told of ${name}: ${codesOf(element)}`]),
      ...untold(element, scenario),
      ...missing.map((word) => `it does not say ${word}: ${said}`),
      ...falseAlarms(report, scenario),
    ],
    seen: found?.text ?? "nothing",
  };
}

/** What else the scenario wants to be told, and is not. */
function untold(element: ProbeElement | undefined, { elsewhere, isDrop }: Scenario): string[] {
  const ways = element?.elsewhere.filter(({ share }) => (share?.hits ?? 0) > 0) ?? [];
  const isWayTold = elsewhere === undefined || ways.some(({ method }) => method === elsewhere);
  const isDropTold = element?.findings.some(({ code }) => code === "probe.dropped") ?? false;
  return [
    ...(isWayTold ? [] : [`it does not say that it comes by ${elsewhere}`]),
    ...(isDrop !== true || isDropTold ? [] : ["it does not say that it got worse"]),
  ];
}

/** What is called bad elsewhere, though nothing was changed there. */
function falseAlarms(report: ProbeReport, { element: name, isRemark }: Scenario): string[] {
  return report.elements
    .filter((each) => (each.name !== name || isRemark === true) && isBad(each))
    .filter((each) => !isSameData(each.name, name))
    .map((each) => `false alarm at ${each.name}: ${codesOf(each)}`);
}

/** Elements of one search share what the search is refused. */
function isSameData(one: string, other: string): boolean {
  const searchOf = (name: string) => name.replace(/\..*$/u, "");
  return one !== other && searchOf(one) === searchOf(other);
}

function judgeClean(report: ProbeReport, seed: number, title: string): Judged {
  const bad = report.elements.filter(isBad);
  const good = report.elements.filter(({ verdict }) => verdict === "good").length;
  return {
    seed,
    title,
    wrong: [...wholeOrWhy(report), ...bad.map((each) => `${each.name}: ${codesOf(each)}`)],
    seen: `${good} of ${report.elements.length} elements are good, ${bad.length} findings`,
  };
}

function wholeOrWhy({ end, sample, server }: ProbeReport): readonly string[] {
  if (server.problem !== undefined) return [server.problem.code];
  if (end !== "whole") return [`ended early: ${end}`];
  return sample.found < sample.chosen * 0.8 ? [`found ${sample.found} of ${sample.chosen}`] : [];
}

/** What is only compared with the report before is no finding of its own. */
function isBad({ findings }: ProbeElement): boolean {
  return findings.some(({ severity, code }) => severity === "bad" && code !== "probe.dropped");
}

function codesOf(element: ProbeElement | undefined): string {
  const all = element?.findings.map(({ code, text }) => `${code} (${text})`) ?? [];
  return all.length === 0 ? "nothing" : all.join(", ");
}

function tableOf(judged: readonly Judged[]): string {
  const rows = judged.map(
    ({ seed, title, wrong, seen }) =>
      `| ${seed} | ${title} | ${wrong.length === 0 ? "passed" : "failed"} | ${seen.replaceAll("|", "/")} |`,
  );
  return ["| seed | hospital | | what the probe says |", "|---|---|---|---|", ...rows].join("\n");
}

function failureOf({ seed, title, wrong }: Judged): string {
  return `Seed ${seed}, ${title}: ${wrong.join("; ")}`;
}

const introduction =
  "A hub asks a simulated hospital about 40 patients of its record, over real sockets, once for each line. Each line changes one thing at the hospital; the probe must tell it at the element that is hit, and call nothing bad elsewhere.";
