import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConfigProblem } from "@trestle/config";
import type { Integration } from "@trestle/integration";
import type { CaseResult } from "@trestle/integration/mapping";
import { onDemand } from "./on-demand.ts";

/** What the cases of a folder gave. */
export interface CasesRun {
  readonly results: readonly CaseResult[];
  /** Of case files that cannot be run. */
  readonly problems: readonly ConfigProblem[];
}

/** Runs the cases of every site, as the hub would map their messages. */
export async function runCases(integration: Integration): Promise<CasesRun> {
  const [{ loadCases }, { mappingSiteOf, runCase }, { createMapper }] = await Promise.all([
    onDemand.integration(),
    onDemand.siteMapping(),
    onDemand.mapping(),
  ]);
  const { cases, problems } = await loadCases(integration);
  const mapper = createMapper();
  const results = [...integration.sites.values()].flatMap((site) => {
    const surroundings = { mapper, integration, site, mappingSite: mappingSiteOf(site) };
    return cases.filter((one) => one.site === site.id).map((one) => runCase(one, surroundings));
  });
  return { results, problems };
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
