import type { CrossProblem, Parts } from "./parts.ts";

/**
 * Checks the conditions of routes: that there are such fields, in the standard or in what some site
 * sends, and that no list is empty.
 */
export async function checkRoutes({ channels, profiles }: Parts): Promise<readonly CrossProblem[]> {
  const all = [...channels].flatMap(([name, channel]) =>
    (channel?.routes ?? []).flatMap(({ when }, index) =>
      when === undefined ? [] : [{ name, when, path: ["routes", index, "when"] }],
    ),
  );
  if (all.length === 0) return [];
  // It knows all fields of the standard, which most hubs need not hold.
  const { PlaceCheck } = await import("@trestle/mapping/overlay");
  const [standard, ...ofSites] = [{}, ...profiles.values()].map(
    (profile = {}) => new PlaceCheck({ segments: {}, maps: {} }, profile),
  );
  return all.flatMap(({ name, when, path }) => {
    const elsewhere = ofSites.map((places) => pathsOf(places.problemsOfCondition(when, path)));
    return (standard?.problemsOfCondition(when, path) ?? [])
      .filter((problem) => elsewhere.every((paths) => paths.has(JSON.stringify(problem.path))))
      .map(({ known: _known, ...problem }) => ({ ...problem, file: `channels/${name}.yaml` }));
  });
}

function pathsOf(problems: readonly { readonly path: readonly PropertyKey[] }[]) {
  return new Set(problems.map(({ path }) => JSON.stringify(path)));
}
