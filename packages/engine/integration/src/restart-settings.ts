import { leavesOf, printPath } from "./layers.ts";
import type { CrossProblem } from "./parts.ts";
import type { Settings } from "./settings.ts";

/**
 * Settings that changed and that a running hub cannot take: it opened ports, files and a thread by
 * them when it started.
 */
export function restartProblems(before: Settings, after: Settings): readonly CrossProblem[] {
  const known = leavesByPath(before);
  const wanted = leavesByPath(after);
  const paths = [...new Set([...wanted.keys(), ...known.keys()])];
  return paths
    .filter((path) => wanted.get(path)?.text !== known.get(path)?.text)
    .map((path) => problemAt((wanted.get(path) ?? known.get(path))?.path ?? []));
}

function leavesByPath(settings: Settings) {
  return new Map(
    leavesOf(settings)
      .map(({ path, value }) => ({ path, text: JSON.stringify(value), name: printPath(path) }))
      .filter(({ name }) => !live.some((one) => name === one || name.startsWith(`${one}.`)))
      .map((leaf) => [leaf.name, leaf]),
  );
}

function problemAt(path: readonly PropertyKey[]): CrossProblem {
  return {
    file: "trestle.yaml",
    path,
    code: "integration.needsRestart",
    text: `${printPath(path)} is other than the hub was started with. It takes a restart of the hub.`,
    hint: "Restart the hub, or put it back, so that the other changes can be applied.",
  };
}

/** Everything else holds from the start of a hub to its end. */
const live = ["messages", "privacy", "configuration.maxChanges", "promotion.maxKept"];
