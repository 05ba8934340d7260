import type { SiteSource, SiteView } from "@trestle/integration";
import { UsageError } from "../command.ts";
import type { Out } from "../out.ts";
import { onDemand } from "./on-demand.ts";

/**
 * Looks at one site of a folder; its problems are told where it has some.
 *
 * @throws {UsageError} when there is no such site, or no such environment of it.
 */
export async function viewSite(source: SiteSource, out: Out): Promise<SiteView | undefined> {
  const [{ readSite }, { knownQuirks }, { printProblems }] = await Promise.all([
    onDemand.integration(),
    onDemand.hubQuirks(),
    onDemand.config(),
  ]);
  const read = await readSite(source, { quirks: await knownQuirks() });
  if (read.ok) return read.view;
  if (read.missing === undefined) {
    out.note(printProblems(read.problems));
    return undefined;
  }
  const at = source.revision === undefined ? "" : ` at ${source.revision}`;
  const has = `It has: ${read.known.join(", ")}.`;
  if (read.missing === "environment") {
    throw new UsageError(
      `“${source.site}”${at} has no environment “${source.environment}”. ${has}`,
    );
  }
  const others = read.known.length === 0 ? "" : ` ${has}`;
  throw new UsageError(`${source.directory} has no site “${source.site}”${at}.${others}`);
}
