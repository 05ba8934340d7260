import type { Integration, Site } from "@trestle/integration";
import type { MappingSite } from "@trestle/mapping";

/** What processing looks up for each message, by name, made once for a revision. */
export interface SiteIndex {
  siteOf(id: string): MappingSite | undefined;
  routesOf(channel: string): readonly { to: string; types: readonly string[] }[];
}

export function indexSites(integration: Integration): SiteIndex {
  const sites = new Map<string, MappingSite>(
    [...integration.sites].map(([id, site]) => [id, mappingSite(site)]),
  );
  return {
    siteOf: (id) => sites.get(id),
    routesOf: (channel) => integration.channels.get(channel)?.routes ?? [],
  };
}

function mappingSite({ id, timeZone, tables }: Site): MappingSite {
  return { id, timeZone, tables };
}
