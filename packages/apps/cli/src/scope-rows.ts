import type { SiteFhir } from "@trestle/api/contract";

/** One scope, and who has it on record. */
export interface ScopeRow {
  readonly scope: string;
  readonly needed: boolean;
  readonly requested: boolean;
  readonly granted: boolean;
  readonly finding?: "missing" | "notRequested" | "notNeeded";
}

/**
 * Every scope that somebody names, those needed first. What is granted under another spelling or as
 * part of a wider scope counts as granted: the hub has compared their meaning.
 */
export function scopeRows(scopes: SiteFhir["scopes"]): readonly ScopeRow[] {
  const { needed, requested, surplus } = scopes;
  const rows = needed.map((scope) => neededRow(scope, scopes));
  const more = [...new Set([...requested, ...surplus])].filter((scope) => !needed.includes(scope));
  return [...rows, ...more.map((scope) => surplusRow(scope, scopes))];
}

/** One that is granted in part is missing: the application cannot do what it is made for. */
function neededRow(scope: string, { requested, met }: SiteFhir["scopes"]): ScopeRow {
  const row = {
    scope,
    needed: true,
    requested: requested.includes(scope),
    granted: met.includes(scope),
  };
  if (!row.granted) return { ...row, finding: "missing" };
  // Where nothing is asked for by name, all that the site has on record is given.
  return requested.length > 0 && !row.requested ? { ...row, finding: "notRequested" } : row;
}

function surplusRow(scope: string, { requested, surplus }: SiteFhir["scopes"]): ScopeRow {
  const granted = surplus.includes(scope);
  return {
    scope,
    needed: false,
    requested: requested.includes(scope),
    granted,
    finding: "notNeeded",
  };
}
