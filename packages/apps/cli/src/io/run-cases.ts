import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConfigProblem } from "@trestle/config";
import type { Integration } from "@trestle/integration";
import type { Case, CaseResult } from "@trestle/integration/mapping";
import { LimitedMapping } from "./limited-mapping.ts";
import { mappingLimits } from "./offline-limits.ts";
import { onDemand } from "./on-demand.ts";

/** What the cases of a folder gave. */
export interface CasesRun {
  readonly results: readonly CaseResult[];
  /** Of case files that cannot be run. */
  readonly problems: readonly ConfigProblem[];
}

/**
 * Runs the cases of every site, as the hub would map their messages: none takes more time or memory
 * than the folder lets it have.
 *
 * @throws {TrestleError} `cli.mappingNotStarted`
 */
export async function runCases(integration: Integration, signal: AbortSignal): Promise<CasesRun> {
  const { loadCases } = await onDemand.integration();
  const { cases, problems } = await loadCases(integration);
  const { directory, settings } = integration;
  const limits = mappingLimits(settings.processing);
  const start = { is: "cases", config: directory } as const;
  const mapping = new LimitedMapping(start, { limits, signal });
  try {
    const results = new Map<Case, CaseResult>();
    for (const one of cases) results.set(one, await runLimited(one, mapping));
    await mapping.end();
    for (const [one, result] of await lateResults(mapping)) results.set(one, result);
    return { results: [...results.values()], problems };
  } finally {
    await mapping.end();
  }
}

async function runLimited(one: Case, mapping: LimitedMapping): Promise<CaseResult> {
  const [{ failedCase }, run] = [await onDemand.siteMapping(), await mapping.runCase(one)];
  return run.ok ? run.value : failedCase(one, run.problem);
}

/** A transform that failed behind its answer may have left out what it was to do. */
async function lateResults(
  mapping: LimitedMapping,
): Promise<readonly (readonly [Case, CaseResult])[]> {
  const { failedCase } = await onDemand.siteMapping();
  return mapping
    .takeLate()
    .flatMap(({ request, problem }) =>
      request.is === "case" ? [[request.case, failedCase(request.case, problem)] as const] : [],
    );
}

/** Writes what each case gives now as what it expects. */
export async function acceptCases(
  { directory }: Integration,
  results: readonly CaseResult[],
): Promise<void> {
  for (const { case: one, actual } of results) {
    await writeFile(join(directory, one.expectedFile), actual);
  }
}
