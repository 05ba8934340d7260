import type { SiteConnection, SiteFhirState } from "@trestle/gateway";
import type { ObservedScopes } from "@trestle/gateway/store";
import { type ScopeUseKnown, scopeRows } from "./scope-rows.ts";
import type { SiteFhir } from "./contract/index.ts";

type ConnectionView = Pick<SiteFhir, "site" | "url" | "dialect" | "token" | "requests">;

/** How a site is reached, and how it has answered lately. */
export function viewConnection(connection: SiteConnection): ConnectionView {
  const { site, url, dialect, token, requests } = connection;
  const { windowMinutes, count, latencyMs, failures, lastFailure } = requests;
  return {
    site,
    url,
    dialect,
    token: {
      state: token.state,
      ...(token.expiresAt !== undefined && { expiresAt: instantOf(token.expiresAt) }),
    },
    requests: {
      windowMinutes,
      count,
      ...(latencyMs && { latencyMs: { ...latencyMs } }),
      failures: failures.map((each) => ({ ...each })),
      ...(lastFailure !== undefined && { lastFailure }),
    },
  };
}

/** What is known of the use of scopes, beside what the site says. */
export interface ScopesMeasured extends ScopeUseKnown {
  readonly days: number;
  readonly since: string | undefined;
  readonly observed: ObservedScopes | undefined;
}

export function viewSite(state: SiteFhirState, measured: ScopesMeasured): SiteFhir {
  const { days, since, observed } = measured;
  const { software, fhirVersion, checkedAt, capabilities, scopes, load, problem } = state;
  return {
    ...viewConnection(state),
    load: {
      maxConcurrent: load.maxConcurrent,
      ...(load.throttle && { throttle: { ...load.throttle } }),
      ...(load.budget && { budget: { ...load.budget } }),
    },
    software,
    fhirVersion,
    ...(checkedAt !== undefined && { checkedAt: instantOf(checkedAt) }),
    capabilities: capabilities.map(({ type, interactions, searchParameters }) => ({
      type,
      interactions: [...interactions],
      searchParameters: [...searchParameters],
    })),
    scopes: {
      needed: [...scopes.needed],
      requested: [...scopes.requested],
      granted: [...scopes.granted],
      met: [...scopes.met],
      missing: [...scopes.missing],
      surplus: [...scopes.surplus],
      ...(observed !== undefined && {
        observed: { scopes: [...observed.scopes], at: instantOf(observed.at) },
      }),
      days,
      ...(since !== undefined && { measuredSince: since }),
      rows: scopeRows(scopes, measured),
    },
    ...(problem && { problem: { ...problem } }),
  };
}

function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
