import type { SiteFhirState } from "@trestle/gateway";
import type { UsedScope } from "@trestle/gateway/store";
import type { ScopeRow } from "./contract/index.ts";

/** How scopes were used, and whether it was looked long enough to say that one was not. */
export interface ScopeUseKnown {
  readonly used: readonly UsedScope[];
  readonly isWholeTime: boolean;
}

/**
 * Every scope that somebody names, those needed first. What is granted under another spelling or as
 * part of a wider scope counts as granted: the gateway has compared their meaning.
 */
export function scopeRows(scopes: SiteFhirState["scopes"], use: ScopeUseKnown): ScopeRow[] {
  const { needed, requested, surplus } = scopes;
  const uses = new Map(use.used.map((each) => [each.scope, each]));
  const more = [...new Set([...requested, ...surplus])].filter((scope) => !needed.includes(scope));
  return [...needed, ...more].map((scope) => {
    const { count: used = 0, refused = 0, lastDay } = uses.get(scope) ?? {};
    const row = {
      scope,
      needed: needed.includes(scope),
      requested: requested.includes(scope),
      ...(scopes.approved !== undefined && { approved: !scopes.notApproved.includes(scope) }),
      granted: scopes.met.includes(scope) || surplus.includes(scope),
      used,
      refused,
      ...(lastDay !== undefined && { lastDay }),
    };
    return { ...row, findings: findingsOf(row, scopes, use) };
  });
}

function findingsOf(
  row: Omit<ScopeRow, "findings">,
  { requested, granted }: SiteFhirState["scopes"],
  { isWholeTime }: ScopeUseKnown,
): ScopeRow["findings"] {
  const found: ScopeRow["findings"] = [];
  // Of what is granted nothing is known before the first sign-in, but what is needed is lacking then.
  if (row.needed && !row.granted) found.push("missing");
  // Where nothing is asked for by name, all that the site has on record is given.
  else if (row.needed && requested.length > 0 && !row.requested) found.push("notRequested");
  if (row.approved === false) found.push("notApproved");
  if (!row.needed) found.push("notNeeded");
  else if (isWholeTime && row.used + row.refused === 0 && granted.length > 0) found.push("unused");
  if (row.refused > 0) found.push("refused");
  return found;
}
