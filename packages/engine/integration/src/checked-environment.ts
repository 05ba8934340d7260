import type { CodeRow } from "@trestle/mapping";
import type { Environment } from "./integration.ts";
import type { Path } from "./layers.ts";
import type { CrossProblem, Parts } from "./parts.ts";
import { type Layer, placeIn } from "./site-layers.ts";
import type { EnvironmentSettings } from "./site-settings.ts";

/** What is checked: an environment of a site. */
export interface CheckedEnvironment {
  readonly parts: Parts;
  readonly site: string;
  readonly environment: Environment;
  readonly layers: readonly Layer[];
  readonly settings: EnvironmentSettings;
}

/** A problem at the layer that set what is wrong. */
export function problemAt(
  layers: readonly Layer[],
  path: Path,
  problem: Pick<CrossProblem, "code" | "text" | "hint" | "part">,
): CrossProblem {
  return { ...placeIn(layers, path), ...problem };
}

/** A table of the site itself; undefined where nothing is to be concluded from it. */
export function rowsOf(
  { broken, tables }: Pick<Parts, "broken" | "tables">,
  site: string,
  table: string,
): readonly CodeRow[] | undefined {
  if (broken.has(`sites/${site}/tables/${table}.csv`)) return undefined;
  return tables.get(site)?.get(table) ?? noRows;
}

/** The very same each time, so that what was concluded from it is remembered. */
const noRows: readonly CodeRow[] = [];
