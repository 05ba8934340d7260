import type { SiteProfile } from "@trestle/hl7v2/validate";
import { loadFolder, siteIn } from "./load-folder.ts";

/** A site's profile, or the problems of the folder that should have it. */
type FoundProfile =
  | { readonly ok: true; readonly profile: SiteProfile }
  | { readonly ok: false; readonly problems: string };

/**
 * What a site says of its messages; without a site, nothing.
 *
 * @throws {UsageError} when there is no such site.
 */
export async function siteProfile(site: string | undefined, config: string): Promise<FoundProfile> {
  if (site === undefined) return { ok: true, profile: {} };
  const loaded = await loadFolder(config);
  if (!loaded.ok) return { ok: false, problems: loaded.print() };
  const { profile } = siteIn(loaded.integration, { site, config });
  return { ok: true, profile };
}
