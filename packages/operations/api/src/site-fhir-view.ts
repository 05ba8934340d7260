import type { SiteConnection, SiteFhirState } from "@trestle/gateway";
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

export function viewSite(state: SiteFhirState): SiteFhir {
  const { software, fhirVersion, checkedAt, capabilities, scopes, problem } = state;
  return {
    ...viewConnection(state),
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
    },
    ...(problem && { problem: { ...problem } }),
  };
}

function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
