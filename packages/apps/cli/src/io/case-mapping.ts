import { succeed } from "@trestle/base";
import { mappingSiteOf, runCase } from "@trestle/integration/mapping";
import { type MappingSite, createMapper } from "@trestle/mapping";
import { loadFolder, siteIn } from "./load-folder.ts";
import type { Answering, Opened } from "./mapping-worker.ts";

/** Whose cases are run. */
export interface CaseMappingStart {
  readonly is: "cases";
  /** The integration folder. */
  readonly config: string;
}

/** Runs cases of the sites of a folder. */
export async function openCaseMapping({ config }: CaseMappingStart): Promise<Opened> {
  const loaded = await loadFolder(config);
  if (!loaded.ok) return { problems: loaded.print() };
  const { integration } = loaded;
  const mapper = createMapper();
  // What the mapping must know of a site takes some time to make.
  const sites = new Map<string, MappingSite>();
  const answer: Answering = (request) => {
    if (request.is !== "case") throw new TypeError("a thread for cases runs cases");
    const site = siteIn(integration, { site: request.case.site, config });
    const mappingSite = sites.get(site.id) ?? mappingSiteOf(site);
    sites.set(site.id, mappingSite);
    return succeed(runCase(request.case, { mapper, integration, site, mappingSite }));
  };
  return { answer, hasTransforms: integration.transforms.size > 0 };
}
