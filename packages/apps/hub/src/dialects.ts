import type { Dialect } from "@trestle/fhir/client";
import type { KnownQuirks } from "@trestle/integration";
import { hubErrors } from "./errors.ts";

/** How a site's server is to be spoken to. */
export interface SpokenAt {
  /** `standard`, or one that this hub has. */
  readonly dialect: string;
  readonly clientId: string;
  /** Added to the query of every address, such as the practice of a tenant. */
  readonly parameters: Readonly<Record<string, string>>;
  /** By name, whether a quirk of the vendor is so at this site; those that it does not name are left out. */
  readonly quirks: ReadonlyMap<string, boolean>;
}

/**
 * The dialect of a site, loaded where a site speaks it.
 *
 * @throws {TrestleError} `hub.unknownDialect`
 */
export async function dialectFor(site: SpokenAt): Promise<Dialect> {
  const load = known.get(site.dialect);
  if (load === undefined) {
    throw hubErrors.unknownDialect({ dialect: site.dialect, known: [...known.keys()].join(" ") });
  }
  const dialect = await load(site);
  return { ...dialect, parameters: { ...dialect.parameters, ...site.parameters } };
}

/** The catalogue of quirks that sites may have, of all vendors. */
export async function knownQuirks(): Promise<KnownQuirks> {
  return (await import("@trestle/epic/quirks")).epicQuirks;
}

type Load = (site: SpokenAt) => Promise<Dialect>;

/** Every dialect that a site may name. */
export function dialectNames(): readonly string[] {
  return [...known.keys()];
}

/** The one place that names them: whoever adds a dialect adds a line here and to the manifest. */
const known: ReadonlyMap<string, Load> = new Map<string, Load>([
  ["standard", async () => (await import("@trestle/fhir/client")).plainDialect],
  ["athenahealth", async () => (await import("@trestle/athenahealth")).athenahealthDialect({})],
  ["eclinicalworks", async () => (await import("@trestle/eclinicalworks")).eclinicalworksDialect],
  [
    "epic",
    async ({ clientId, quirks }) =>
      (await import("@trestle/epic")).epicDialect({ clientId, quirks }),
  ],
]);
