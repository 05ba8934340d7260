import { loadIntegration } from "@trestle/integration";
import { type MappingSite, codeTables } from "@trestle/mapping";
import { UsageError } from "../command.ts";
import { printProblems } from "@trestle/config";

/**
 * The site to map for: one of an integration folder, or one that has the product's tables alone.
 *
 * @throws {UsageError} when the folder has problems or does not have the site.
 */
export async function mappingSite(options: {
  site: string | undefined;
  config: string;
  timeZone: string;
}): Promise<MappingSite> {
  const { site, config, timeZone } = options;
  if (site === undefined)
    return { id: "local", timeZone: knownZone(timeZone), tables: codeTables(new Map()) };
  const loaded = await loadIntegration(config);
  if (!loaded.ok) throw new UsageError(printProblems(loaded.problems));
  const found = loaded.integration.sites.get(site);
  if (found !== undefined) return found;
  const known = [...loaded.integration.sites.keys()].join(", ");
  throw new UsageError(`${config} has no site “${site}”. It has: ${known}.`);
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
