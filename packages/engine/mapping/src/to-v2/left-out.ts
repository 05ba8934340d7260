import { type Node, isExactNumber, isObject } from "./rows/node.ts";

/**
 * The elements that nothing read, as paths. An element of which nothing at all was read stands for
 * all inside it. Ids, metadata and narratives are not meant for a message and do not count.
 */
export function leftOut(
  resources: readonly Node[],
  touched: ReadonlySet<string>,
): readonly string[] {
  const read = withOwners(touched);
  return resources.flatMap(({ path, value }) =>
    read.has(path) ? missingIn({ path, value, touched, read, depth: 0 }) : [path],
  );
}

interface Step {
  readonly path: string;
  readonly value: unknown;
  readonly touched: ReadonlySet<string>;
  /** What was read, and everything around it. */
  readonly read: ReadonlySet<string>;
  readonly depth: number;
}

function missingIn({ path, value, touched, read, depth }: Step): readonly string[] {
  if (touched.has(path)) return [];
  if (!read.has(path)) return [path];
  if (!isObject(value) || isExactNumber(value) || depth > deepest) return [];
  return Object.entries(value).flatMap(([name, child]: [string, unknown]) => {
    if (child === null || child === undefined || (depth === 0 && apart.has(name))) return [];
    const at = Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`;
    if (Array.isArray(child) && !read.has(at)) return itemsOf(child, { at, touched, read, depth });
    return missingIn({ path: at, value: child, touched, read, depth: depth + 1 });
  });
}

function itemsOf(
  items: readonly unknown[],
  { at, ...rest }: Omit<Step, "path" | "value"> & { readonly at: string },
): readonly string[] {
  return items.flatMap((value, index) =>
    missingIn({ ...rest, path: `${at}[${index}]`, value, depth: rest.depth + 1 }),
  );
}

/** `a.b[0].c` also makes `a.b[0]` and `a` known. */
function withOwners(touched: ReadonlySet<string>): ReadonlySet<string> {
  const read = new Set<string>();
  for (const path of touched) {
    let at = path;
    while (at !== "" && !read.has(at)) {
      read.add(at);
      at = at.slice(0, Math.max(0, at.lastIndexOf(".")));
    }
  }
  return read;
}

const apart: ReadonlySet<string> = new Set([
  "resourceType",
  "id",
  "meta",
  "text",
  "implicitRules",
  "language",
  "contained",
]);

/** Deeper than any resource; what is nested beyond it is not looked at. */
const deepest = 40;
