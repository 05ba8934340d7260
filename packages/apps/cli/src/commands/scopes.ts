import { type ScopeRow, type SiteFhir, routes } from "@trestle/api/contract";
import { z } from "zod";
import { type ExitCode, defineCommand } from "../command.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";
import { type Out, columns, counted } from "../out.ts";

export const scopes = defineCommand({
  name: "scopes",
  summary:
    "Set the scopes that are needed beside those requested, approved, granted and really used at a site.",
  exits1: "when the site cannot be asked",
  exits3:
    "when a scope is missing, not approved or refused, or there are more than are needed or used",
  json: "for each scope: scope, needed, requested, approved (where the site's file says so), granted, used (requests within the days), refused, lastDay, findings (missing, notRequested, notApproved, notNeeded, unused, refused).",
  operands: [{ name: "site", description: "The site." }],
  options: z.strictObject({
    site: z.string({ error: "name a site." }),
    days: z.coerce
      .number()
      .int()
      .min(1)
      .max(3650)
      .default(30)
      .describe("Within how many days use counts."),
    ...hubOptions,
  }),
  examples: ["trestle scopes lakeshore", "trestle scopes lakeshore --days 90 --json"],
  async run({ site, days, ...options }, surroundings): Promise<ExitCode> {
    const { out } = surroundings;
    const state = await connectHub(options, surroundings).call(routes.getSiteFhir, {
      params: { site },
      query: { days },
    });
    if (!out.isJson) out.row(undefined, heading);
    for (const row of state.scopes.rows) out.row(row, lineOf(row));
    return conclude(state, out);
  },
});

type Words = Readonly<
  Record<"scope" | "needed" | "requested" | "approved" | "granted" | "used" | "findings", string>
>;

function line({ scope, needed, requested, approved, granted, used, findings }: Words): string {
  return columns([
    [scope, 60],
    [needed, 6],
    [requested, 9],
    [approved, 8],
    [granted, 7],
    [used, 8],
    [findings, 0],
  ]);
}

const heading = line({
  scope: "SCOPE",
  needed: "NEEDED",
  requested: "REQUESTED",
  approved: "APPROVED",
  granted: "GRANTED",
  used: "USED",
  findings: "",
});

function lineOf(row: ScopeRow): string {
  return line({
    scope: row.scope,
    needed: markOf(row.needed),
    requested: markOf(row.requested),
    approved: row.approved === undefined ? "" : markOf(row.approved),
    granted: markOf(row.granted),
    used: row.used === 0 ? "–" : String(row.used),
    findings: row.findings.map((finding) => words[finding]).join("; "),
  });
}

function markOf(mark: boolean): string {
  return mark ? "yes" : "–";
}

function conclude({ scopes: known, problem }: SiteFhir, out: Out): ExitCode {
  if (problem !== undefined) {
    out.note(`${problem.text} ${problem.hint}`);
    return 1;
  }
  const findings = known.rows.reduce((sum, row) => sum + row.findings.length, 0);
  out.note(`${counted(known.rows.length, "scope")}, ${counted(findings, "finding")}.`);
  out.note(measuredWords(known));
  return findings === 0 ? 0 : 3;
}

function measuredWords({ days, measuredSince }: SiteFhir["scopes"]): string {
  if (measuredSince === undefined) return "No request was measured yet.";
  return `Use is of ${counted(days, "day")}, measured since ${measuredSince}; what is unused is a finding once all of them are measured.`;
}

const words = {
  missing: "needed, and not granted",
  notRequested: "needed, and not asked for",
  notApproved: "not approved by the hospital, or only in part",
  notNeeded: "not needed: have it taken back",
  unused: "needed, and nothing used it",
  refused: "the site refused requests by it",
} as const;
