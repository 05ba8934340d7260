import type { ReplyOf, Routes } from "@trestle/api/contract";

export type Explanation = ReplyOf<Routes["explainMessage"]>;
export type Source = Explanation["sources"][number];

/** One value of the result and where it came from. */
export interface ResultLeaf {
  /** In the bundle: `entry[0].resource.name[0].family`. */
  readonly path: string;
  /** In its resource: `name[0].family`. */
  readonly short: string;
  readonly value: string;
  readonly source: Source | undefined;
}

/** One resource of the result as a list of its values. */
export interface ResultResource {
  readonly type: string;
  readonly id: string;
  readonly path: string;
  readonly leaves: readonly ResultLeaf[];
}

/** The resources of a bundle with the source of each value; empty where it has none. */
export function resourcesOf({ bundle, sources }: Explanation): readonly ResultResource[] {
  const known = new Map(sources.map((source) => [source.path, source]));
  const entries = isObject(bundle) && Array.isArray(bundle["entry"]) ? bundle["entry"] : [];
  return entries.flatMap((entry, index) => {
    const resource = isObject(entry) ? entry["resource"] : undefined;
    if (!isObject(resource)) return [];
    const path = `entry[${index}].resource`;
    const leaves = leavesOf(resource, path).map(({ path: at, value }) => ({
      path: at,
      short: at.slice(path.length + 1),
      value,
      source: known.get(at),
    }));
    return [{ type: textOf(resource["resourceType"]), id: textOf(resource["id"]), path, leaves }];
  });
}

interface Leaf {
  readonly path: string;
  readonly value: string;
}

function leavesOf(value: unknown, path: string): readonly Leaf[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => leavesOf(item, `${path}[${index}]`));
  }
  if (isObject(value)) {
    return Object.entries(value).flatMap(([key, item]) =>
      key === "resourceType" ? [] : leavesOf(item, `${path}.${key}`),
    );
  }
  return [{ path, value: String(value) }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
