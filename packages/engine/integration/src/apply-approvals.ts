import { type ApprovedSite, ofApproval } from "./approved-site.ts";
import { checkFeeds } from "./check-feeds.ts";
import type { Integration, Site } from "./integration.ts";
import type { CrossProblem } from "./parts.ts";
import { usesInChannel } from "./value-set-uses.ts";

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
  return { integration, problems: [...feedProblems(integration), ...notFilled(integration)] };
}

function siteOf(base: Site | undefined, approved: ApprovedSite | undefined): Site | undefined {
  const production = approved?.production;
  const shown = base ?? production;
  if (shown === undefined) return undefined;
  const { tested, unapprovedFeeds, testFeeds } = testsOf(base);
  const { fhir, pathways, quirks, flowsheets, valueSets } = production ?? tested ?? notAsked;
  return {
    ...shown,
    timeZone: tested?.timeZone ?? production?.timeZone ?? shown.timeZone,
    environment: production === undefined ? "nonproduction" : "production",
    fhir,
    pathways,
    quirks,
    flowsheets,
    valueSets,
    feeds: [...testFeeds, ...(production?.feeds ?? [])],
    unapprovedFeeds,
    nonproduction: tested,
    production,
  };
}

const notAsked = { fhir: undefined, pathways: {}, quirks: {}, flowsheets: {}, valueSets: {} };

/** What the folder says of a site, by environment. */
function testsOf(base: Site | undefined) {
  const feeds = base?.feeds ?? [];
  return {
    tested: base?.nonproduction,
    testFeeds: feeds.filter(({ environment }) => environment === "nonproduction"),
    unapprovedFeeds: feeds.filter(({ environment }) => environment === "production"),
  };
}

/** A route that asks for a set which approved production does not fill would take nothing there. */
function notFilled({ sites, channels }: Integration): readonly CrossProblem[] {
  return [...sites.values()].flatMap(({ id, production }) => {
    if (production === undefined) return [];
    const { feeds, valueSets, revision } = production;
    const named = new Set(feeds.flatMap((feed) => feed.channels));
    return [...named]
      .flatMap((name) => usesInChannel({ channels }, name))
      .filter(({ name }) => !Object.hasOwn(valueSets, name))
      .map(({ name, file, path }) => ({
        file,
        path,
        code: "integration.valueSetNotApproved",
        text: `Production of ${id}, as approved at ${revision}, does not fill the value set “${name}”.`,
        hint: `Fill it under valueSets of sites/${id}/site.yaml and promote that; then let the route name it.`,
      }));
  });
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
