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
