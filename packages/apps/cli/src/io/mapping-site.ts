import type { Hl7Message } from "@trestle/hl7v2";
import type { SiteProfile } from "@trestle/hl7v2/validate";
import type { SiteMapper } from "@trestle/integration/mapping";
import type { SiteToMap } from "@trestle/mapping";
import { UsageError } from "../command.ts";
import { loadFolder, siteIn } from "./load-folder.ts";
import { onDemand } from "./on-demand.ts";

/** A site, or the problems of the folder that should have it. */
type FoundSite =
  | {
      readonly ok: true;
      readonly site: SiteToMap;
      readonly profile?: SiteProfile;
      /** The folder has some; not each message need have one. */
      readonly hasTransforms: boolean;
      /** What maps a message at this site. */
      readonly mapperFor: (message: Hl7Message) => SiteMapper;
    }
  | { readonly ok: false; readonly problems: string };

/** How a site is named. */
export interface SiteOptions {
  readonly site: string | undefined;
  readonly config: string;
  readonly timeZone: string | undefined;
}

/**
 * The site to map for: one of an integration folder, or one that has the product's tables alone.
 *
 * @throws {UsageError} when there is no such site or no such time zone.
 */
export async function mappingSite(options: SiteOptions): Promise<FoundSite> {
  const { site, config, timeZone } = options;
  const { codeTables, createMapper } = await onDemand.mapping();
  const mapper = createMapper();
  if (site === undefined) {
    const own = { id: "local", tables: codeTables(new Map()) };
    const zone = timeZone === undefined ? {} : { timeZone: knownZone(timeZone) };
    return {
      ok: true,
      site: { ...own, ...zone },
      hasTransforms: false,
      mapperFor: () => mapper,
    };
  }
  const loaded = await loadFolder(config);
  if (!loaded.ok) return { ok: false, problems: loaded.print() };
  const { integration } = loaded;
  const found = siteIn(integration, { site, config });
  const { mappingSiteOf, siteMapper } = await onDemand.siteMapping();
  const mapperFor = (message: Hl7Message) =>
    siteMapper(mapper, { integration, site: found, message });
  return {
    ok: true,
    site: mappingSiteOf(found),
    profile: found.profile,
    hasTransforms: integration.transforms.size > 0,
    mapperFor,
  };
}

function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    throw new UsageError(
      `“${timeZone}” is no time zone. Give an IANA name, such as America/Chicago.`,
    );
  }
}
