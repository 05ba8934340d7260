import type { ConfigProblem } from "@trestle/config";
import type { OpenedRevision, WhatIf, WhatIfOptions } from "@trestle/what-if";
import { UsageError } from "../command.ts";
import { onDemand } from "./on-demand.ts";

/** Which messages are compared under which revisions. */
interface Comparison extends Pick<
  WhatIfOptions,
  "journalFile" | "since" | "site" | "now" | "threads"
> {
  readonly config: string;
  readonly against: string;
  readonly whatIf: string;
}

/** In what the revisions differ; or the problems of one of them, printed. */
type ComparedRevisions =
  | { readonly ok: true; readonly result: WhatIf }
  | { readonly ok: false; readonly problems: string };

/**
 * Opens two revisions of a folder and compares what stored messages give under them.
 *
 * @throws {UsageError} when there is no such site; what `runWhatIf` throws.
 */
export async function compareRevisions(
  options: Comparison,
  signal: AbortSignal,
): Promise<ComparedRevisions> {
  const { config, against, whatIf } = options;
  const one = await openFor(config, against);
  if (!one.ok) return problemsOf(against, one.problems, otherBase);
  try {
    const other = await openFor(config, whatIf);
    if (!other.ok) return await problemsOf(whatIf, other.problems);
    try {
      return { ok: true, result: await run(options, { one, other, signal }) };
    } finally {
      await other.close();
    }
  } finally {
    await one.close();
  }
}

type Opened = Extract<OpenedRevision, { ok: true }>;

async function run(
  { site, journalFile, since, now, threads, against }: Comparison,
  { one, other, signal }: { one: Opened; other: Opened; signal: AbortSignal },
): Promise<WhatIf> {
  const { sites } = one.integration;
  if (site !== undefined && !sites.has(site)) {
    throw new UsageError(
      `Revision ${against} has no site “${site}”. It has: ${[...sites.keys()].join(", ")}.`,
    );
  }
  const { runWhatIf } = await onDemand.whatIf();
  const revisions = { one: one.integration, other: other.integration };
  return runWhatIf({ ...revisions, journalFile, since, site, now, threads, signal });
}

/** A hub on files that are not committed knows them by a hash: they can be read while they stand. */
async function openFor(directory: string, name: string): Promise<OpenedRevision> {
  const [{ openRevision }, { knownQuirks }] = await Promise.all([
    onDemand.whatIf(),
    onDemand.hubQuirks(),
  ]);
  const quirks = await knownQuirks();
  if (name.startsWith("h-")) {
    const folder = await openRevision({ directory, name: ".", quirks });
    if (folder.ok && folder.integration.revision === name) return folder;
  }
  return openRevision({ directory, name, quirks });
}

async function problemsOf(
  revision: string,
  problems: readonly ConfigProblem[],
  more = "",
): Promise<ComparedRevisions> {
  const { printProblems } = await onDemand.config();
  return { ok: false, problems: `Revision ${revision}:\n${printProblems(problems)}${more}` };
}

const otherBase =
  "\nThe messages came under this revision. --against names another to compare with.";
