import { reveal } from "@trestle/base";
import type { Explained, Source } from "@trestle/mapping";

/** A value of a result and where it stands. */
export interface Node {
  readonly value: unknown;
  readonly path: string;
}

/** A value without anything below it, and why it stands there. */
export interface Leaf extends Node {
  readonly source: Source | undefined;
}

/** A bundle, to be walked along elements, with the source of each value. */
export class Tree {
  readonly root: Node;
  readonly #list: readonly Source[];
  #sources: ReadonlyMap<string, Source> | undefined;
  readonly #entries: readonly { readonly url: string; readonly node: Node }[];

  constructor(explained: Explained) {
    const bundle = reveal(explained.bundle);
    this.root = { value: bundle, path: "" };
    this.#list = explained.sources;
    this.#entries = (bundle.entry ?? []).map(({ fullUrl = "", resource }, index) => ({
      url: fullUrl,
      node: { value: resource, path: `entry[${index}].resource` },
    }));
  }

  resources(type: string): readonly Node[] {
    return this.#entries.map(({ node }) => node).filter((node) => typeOf(node) === type);
  }

  /** What stands under a name, each item of a list for itself; `value` finds `valueString` too. */
  children({ value, path }: Node, name: string): readonly Node[] {
    if (!isBranch(value)) return [];
    const keys = Object.keys(value).filter(
      (key) => key === name || key === `_${name}` || isChoice(key, name),
    );
    return keys.flatMap((key) =>
      items({ value: (value as Record<string, unknown>)[key], path: pathTo(path, key) }),
    );
  }

  /** Where a reference leads; the reference itself where it names what is not in the bundle. */
  target(node: Node, types: readonly string[]): readonly Node[] {
    if (!isBranch(node.value)) return [];
    const { reference } = node.value as { readonly reference?: unknown };
    if (typeof reference !== "string") return [node];
    return this.#entries
      .filter(({ url, node: there }) => url === reference && types.includes(typeOf(there)))
      .map(({ node: there }) => there);
  }

  /** What stands below a path that was found here before. */
  leavesBelowPath(path: string): readonly Leaf[] {
    return this.leavesBelow(this.root).filter((leaf) => leaf.path.startsWith(path));
  }

  leavesBelow({ value, path }: Node): readonly Leaf[] {
    if (!isBranch(value)) return [{ value, path, source: this.#sourceOf(path) }];
    if (Array.isArray(value))
      return items({ value, path }).flatMap((node) => this.leavesBelow(node));
    return Object.entries(value).flatMap(([key, child]) =>
      this.leavesBelow({ value: child, path: pathTo(path, key) }),
    );
  }

  #sourceOf(path: string): Source | undefined {
    this.#sources ??= new Map(this.#list.map((source) => [source.path, source]));
    return this.#sources.get(path);
  }
}

function items({ value, path }: Node): readonly Node[] {
  if (!Array.isArray(value)) return [{ value, path }];
  return value.map((item: unknown, index) => ({ value: item, path: `${path}[${index}]` }));
}

function isBranch(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) !== null;
}

/** `medication` is written `medicationReference`, `value` is written `valueString`. */
function isChoice(key: string, name: string): boolean {
  return choices.has(name) && key.startsWith(name) && /^[A-Z]/u.test(key.slice(name.length));
}

const choices: ReadonlySet<string> = new Set([
  "medication",
  "value",
  "effective",
  "onset",
  "occurrence",
  "occurred",
]);

function pathTo(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function typeOf({ value }: Node): string {
  return (value as { readonly resourceType?: string } | undefined)?.resourceType ?? "";
}
