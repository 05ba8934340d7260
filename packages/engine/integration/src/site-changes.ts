import { compareSites, type SiteDifference } from "./compare-sites.ts";
import type { SiteFiles } from "./approved-site.ts";
import type { KnownQuirks } from "./known-quirks.ts";
import { type SiteView, viewFiles } from "./site-view.ts";

/**
 * What would be other in production of a site: from one state of its files to another one. Both are
 * good; a state without production has nothing. What is said in other words is no difference.
 */
export function productionChanges(
  site: string,
  { from, to, quirks }: { from: SiteFiles; to: SiteFiles; quirks: KnownQuirks },
): readonly SiteDifference[] {
  const [before, after] = [from, to].map((texts) => viewOf(site, texts, quirks));
  return before && after ? compareSites(before, after) : [];
}

function viewOf(site: string, texts: SiteFiles, quirks: KnownQuirks): SiteView {
  const viewed = viewFiles({ texts, unread: [] }, { site, environment: "production" }, quirks);
  return viewed.ok ? viewed.view : { ...nothing, site };
}

const nothing = {
  environment: "production",
  settings: [],
  rules: [],
  people: [],
  tables: new Map<string, never>(),
} as const;
