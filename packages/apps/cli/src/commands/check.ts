import type { ConfigProblem } from "@trestle/config";
import type { Integration } from "@trestle/integration";
import type { CaseResult } from "@trestle/integration/mapping";
import { z } from "zod";
import { type ExitCode, defineCommand } from "../command.ts";
import { explainCase } from "../explain-case.ts";
import { loadFolder } from "../io/load-folder.ts";
import { onDemand } from "../io/on-demand.ts";
import { acceptCases, runCases } from "../io/run-cases.ts";
import { type Out, counted } from "../out.ts";

export const check = defineCommand({
  name: "check",
  summary: "Read an integration folder, run its cases, and report every problem at once.",
  exits3: "when there is a problem, or a case comes out otherwise than it expects",
  json: "with revision, sites, channels, destinations, cases (how many); with problems, for each: file, line, column, path (keys that lead there), code, text, hint; so for each notice, with level.",
  operands: [{ name: "dir", description: "The integration folder." }],
  options: z.strictObject({
    dir: z.string().default("."),
    accept: z
      .boolean()
      .default(false)
      .describe("Write what each case gives now as what it expects. Read what changed."),
  }),
  examples: ["trestle check integrations/sample", "trestle check --json", "trestle check --accept"],
  async run({ dir, accept }, { out, signal }) {
    const loaded = await loadFolder(dir);
    if (!loaded.ok) return report(out, loaded.problems);
    const { results, problems } = await runCases(loaded.integration, signal);
    const [{ isAsExpected }, { printProblems }] = await Promise.all([
      onDemand.siteMapping(),
      onDemand.config(),
    ]);
    const others = results.filter((result) => !isAsExpected(result));
    if (accept) return write(out, { integration: loaded.integration, others, problems });
    if (others.length + problems.length > 0) {
      return report(out, [...problems, ...others.map(explainCase)]);
    }
    for (const notice of loaded.notices) {
      out.row(notice, printProblems([{ ...notice, text: `${notice.level}: ${notice.text}` }]));
    }
    showCounts(out, loaded.integration, results.length);
    return 0;
  },
});

/** A case with a problem, or with other warnings, is not for this command to change. */
async function write(
  out: Out,
  {
    integration,
    others,
    problems,
  }: {
    integration: Integration;
    others: readonly CaseResult[];
    problems: readonly ConfigProblem[];
  },
): Promise<ExitCode> {
  const readable = others.filter(
    ({ problem, differences }) => problem === undefined && differences.length > 0,
  );
  await acceptCases(integration, readable);
  for (const { case: one } of readable) out.note(`Wrote ${one.expectedFile}.`);
  const rest = others.filter(
    (result) => result.problem !== undefined || result.otherWarnings !== undefined,
  );
  const left = [...problems, ...rest.map((result) => explainCase({ ...result, differences: [] }))];
  if (left.length > 0) return report(out, left);
  out.note(`${counted(readable.length, "expectation")} written.`);
  return 0;
}

async function report(out: Out, problems: readonly ConfigProblem[]): Promise<ExitCode> {
  const { printProblems } = await onDemand.config();
  for (const problem of problems) out.row(problem, printProblems([problem]));
  out.note(`${counted(problems.length, "problem")}.`);
  return 3;
}

function showCounts(out: Out, integration: Integration, cases: number): void {
  const { revision, sites, channels, destinations } = integration;
  const counts = {
    sites: sites.size,
    channels: channels.size,
    destinations: destinations.size,
    cases,
  };
  out.row(
    { revision, ...counts },
    `No problems. Revision ${revision}: ${counted(counts.sites, "site")}, ${counted(counts.channels, "channel")}, ${counted(counts.destinations, "destination")}, ${counted(cases, "case")}.`,
  );
}
