import { type SiteFhir, routes } from "@trestle/api/contract";
import { z } from "zod";
import { type ExitCode, defineCommand } from "../command.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";
import { type Out, columns, counted } from "../out.ts";
import { type ScopeRow, scopeRows } from "../scope-rows.ts";

export const scopes = defineCommand({
  name: "scopes",
  summary: "Set the scopes that are needed beside those requested and granted at a site.",
  exits1: "when the site cannot be asked",
  exits3: "when a scope is missing, or there are more than are needed",
  json: "for each scope: scope, needed, requested, granted (true or false), finding (missing, notRequested, notNeeded; absent where there is none).",
  operands: [{ name: "site", description: "The site." }],
  options: z.strictObject({ site: z.string({ error: "name a site." }), ...hubOptions }),
  examples: ["trestle scopes lakeshore", "trestle scopes lakeshore --json"],
  async run({ site, ...options }, surroundings): Promise<ExitCode> {
    const { out } = surroundings;
    const state = await connectHub(options, surroundings).call(routes.getSiteFhir, {
      params: { site },
    });
    const rows = scopeRows(state.scopes);
    if (!out.isJson) out.row(undefined, heading);
    for (const row of rows) out.row(row, lineOf(row));
    return conclude(rows, state, out);
  },
});

const heading = lineOf({
  scope: "SCOPE",
  needed: "NEEDED",
  requested: "REQUESTED",
  granted: "GRANTED",
});

function lineOf({ scope, finding, ...marks }: Line): string {
  return columns([
    [scope, 60],
    [markOf(marks.needed), 6],
    [markOf(marks.requested), 9],
    [markOf(marks.granted), 7],
    [finding === undefined ? "" : words[finding], 0],
  ]);
}

type Mark = boolean | string;
type Line = { readonly [Key in "needed" | "requested" | "granted"]: Mark } & Pick<
  ScopeRow,
  "scope" | "finding"
>;

function markOf(mark: Mark): string {
  if (typeof mark === "string") return mark;
  return mark ? "yes" : "–";
}

function conclude(rows: readonly ScopeRow[], { problem }: SiteFhir, out: Out): ExitCode {
  if (problem !== undefined) {
    out.note(`${problem.text} ${problem.hint}`);
    return 1;
  }
  const findings = rows.filter(({ finding }) => finding !== undefined).length;
  out.note(`${counted(rows.length, "scope")}, ${counted(findings, "finding")}.`);
  return findings === 0 ? 0 : 3;
}

const words = {
  missing: "needed, and not granted",
  notRequested: "needed, and not asked for",
  notNeeded: "not needed: have it taken back",
} as const;
