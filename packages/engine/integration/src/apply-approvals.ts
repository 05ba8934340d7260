import { type ApprovedSite, ofApproval } from "./approved-site.ts";
import { checkFeeds } from "./check-feeds.ts";
import type { Integration, Site } from "./integration.ts";
import type { CrossProblem } from "./parts.ts";

/**
 * What is in force where approval is demanded: nonproduction as the folder says, production as it was
 * approved. Production of a site that nobody approved takes no message.
 *
 * @returns Problems too, where what was approved and what the folder says now do not go together.
 */
export function applyApprovals(
  folder: Integration,
  approved: ReadonlyMap<string, ApprovedSite>,
): { readonly integration: Integration; readonly problems: readonly CrossProblem[] } {
  const ids = [...new Set([...folder.sites.keys(), ...approved.keys()])];
  const sites = ids.flatMap((id) => siteOf(folder.sites.get(id), approved.get(id)) ?? []);
  const integration = { ...folder, sites: new Map(sites.map((site) => [site.id, site])) };
  return { integration, problems: feedProblems(integration) };
}

function siteOf(base: Site | undefined, approved: ApprovedSite | undefined): Site | undefined {
  const production = approved?.production;
  const shown = base ?? production;
  if (shown === undefined) return undefined;
  const { tested, unapprovedFeeds, testFeeds } = testsOf(base);
  const { fhir, pathways, quirks, flowsheets } = production ?? tested ?? notAsked;
  return {
    ...shown,
    timeZone: tested?.timeZone ?? production?.timeZone ?? shown.timeZone,
    environment: production === undefined ? "nonproduction" : "production",
    fhir,
    pathways,
    quirks,
    flowsheets,
    feeds: [...testFeeds, ...(production?.feeds ?? [])],
    unapprovedFeeds,
    nonproduction: tested,
    production,
  };
}

const notAsked = { fhir: undefined, pathways: {}, quirks: {}, flowsheets: {} };

/** What the folder says of a site, by environment. */
function testsOf(base: Site | undefined) {
  const feeds = base?.feeds ?? [];
  return {
    tested: base?.nonproduction,
    testFeeds: feeds.filter(({ environment }) => environment === "nonproduction"),
    unapprovedFeeds: feeds.filter(({ environment }) => environment === "production"),
  };
}

/** Both environments share listeners and channels, and senders must be told apart. */
function feedProblems({ settings, channels, sites }: Integration): readonly CrossProblem[] {
  const feedsOf = ({ feeds }: Site) => ({
    environments: {
      nonproduction: { feeds: feeds.filter(({ environment }) => environment !== "production") },
      production: { feeds: feeds.filter(({ environment }) => environment === "production") },
    },
  });
  const named = new Map([...sites].map(([id, site]) => [id, feedsOf(site)]));
  return checkFeeds({ settings, channels, sites: named }).map(({ path, ...problem }) => {
    const site = sites.get(problem.file.split("/")[1] ?? "");
    const revision = site?.production?.revision;
    const isApproved = path[1] === "production" && revision !== undefined;
    // What was approved stands on no line of the folder.
    return isApproved ? ofApproval({ ...problem, path: [] }, { revision }) : { ...problem, path };
  });
}
