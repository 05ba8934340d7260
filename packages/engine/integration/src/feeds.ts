import type { Environment, Feed } from "./integration.ts";

/** A feed, and where it stands in its site's file. */
export interface PlacedFeed {
  readonly feed: Feed;
  readonly path: readonly PropertyKey[];
}

/** That of a site which says what it sends. */
export interface WithFeeds {
  readonly environments: { readonly [E in Environment]?: Feeds | undefined };
}

interface Feeds {
  readonly feeds: readonly Omit<Feed, "environment">[];
}

/** The feeds of a site, those of its test environment first; none of a file with problems. */
export function feedsOf(site: WithFeeds | undefined): readonly PlacedFeed[] {
  return environments.flatMap((environment) =>
    (site?.environments[environment]?.feeds ?? []).map((feed, index) => ({
      feed: { ...feed, environment },
      path: ["environments", environment, "feeds", index],
    })),
  );
}

const environments: readonly Environment[] = ["nonproduction", "production"];
