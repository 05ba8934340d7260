import type { Bundle } from "@trestle/fhir";
import type { Source } from "../mapping.ts";
import type { NamedTransform } from "./transform.ts";

/**
 * The sources of a result that transforms changed: a value that stands where it stood keeps its
 * source; every other one came from the transforms.
 */
export function sourcesAfter(
  sources: readonly Source[],
  results: {
    one: Bundle | undefined;
    other: Bundle | undefined;
    transforms: readonly NamedTransform[];
  },
): readonly Source[] {
  const known = new Map(sources.map((source) => [source.path, source]));
  const before = leavesOf(results.one);
  const rule = `transform ${results.transforms.map(({ name }) => name).join(", ")}`;
  return [...leavesOf(results.other)].map(([path, value]) => {
    const source = known.get(path);
    return source !== undefined && before.get(path) === value ? source : { path, rule };
  });
}

function leavesOf(
  value: unknown,
  path = "",
  found = new Map<string, string>(),
): ReadonlyMap<string, string> {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) === null) {
    return found.set(path, JSON.stringify(value));
  }
  for (const [key, child] of Object.entries(value)) {
    const step = Array.isArray(value) ? `[${key}]` : `.${key}`;
    leavesOf(child, path === "" ? key : path + step, found);
  }
  return found;
}
