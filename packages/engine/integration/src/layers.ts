/** Settings as they are written: groups of keys, lists and scalars. */
export interface Tree {
  readonly [key: string]: unknown;
}

/** A path into settings: keys, and positions in lists. */
export type Path = readonly PropertyKey[];

/** One setting of a tree. */
export interface Leaf {
  readonly path: Path;
  readonly value: unknown;
}

/**
 * Lays settings over each other, the first one lowest. Groups of keys merge key by key; a list or a
 * scalar replaces what lies below it, as a whole.
 *
 * Where each path is of one kind in all layers, which schemas see to, the order in which layers are
 * laid together does not matter, only the order in which they lie; an empty layer changes nothing.
 */
export function mergeLayers(layers: readonly Tree[]): Tree {
  return layers.reduce(mergeTwo, {});
}

function mergeTwo(below: Tree, above: Tree): Tree {
  const names = [...new Set([...Object.keys(below), ...Object.keys(above)])];
  return Object.fromEntries(names.map((name) => [name, mergeKey(below, above, name)]));
}

function mergeKey(below: Tree, above: Tree, name: string): unknown {
  const [low, high] = [own(below, name), own(above, name)];
  if (high === undefined) return low;
  return isGroup(low) && isGroup(high) ? mergeTwo(low, high) : high;
}

/**
 * The last layer that set what stands at a path of the merged settings; -1 where none did. A list
 * comes from one layer as a whole, so what lies below it is looked for in that one alone.
 */
export function layerOf(layers: readonly Tree[], path: Path): number {
  const list = path.findIndex((step) => typeof step === "number");
  const whole = list === -1 ? path : path.slice(0, list);
  const index = layers.findLastIndex((layer) => valueAt(layer, whole) !== undefined);
  return valueAt(layers[index], path) === undefined ? -1 : index;
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(tree: unknown, path: Path): unknown {
  return path.reduce((value: unknown, step) => {
    if (Array.isArray(value))
      return typeof step === "number" ? (value[step] as unknown) : undefined;
    return isGroup(value) ? own(value, String(step)) : undefined;
  }, tree);
}

/** Every setting in order. A list is one where it holds no groups; what is empty is one too. */
export function leavesOf(value: unknown, path: Path = []): readonly Leaf[] {
  const steps = stepsInto(value);
  if (steps.length === 0) return [{ path, value }];
  return steps.flatMap(([step, child]) => leavesOf(child, [...path, step]));
}

function stepsInto(value: unknown): readonly (readonly [step: PropertyKey, child: unknown])[] {
  if (Array.isArray(value)) return value.some(isGroup) ? [...value.entries()] : [];
  return isGroup(value) ? Object.entries(value).filter(([, child]) => child !== undefined) : [];
}

/** `feeds[0].listener`; a key that is no plain word stands in brackets. */
export function printPath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      const key = String(step);
      if (!/^[\w-]+$/u.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}

export function isGroup(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A key such as `constructor` is only there where somebody wrote it. */
function own(tree: Tree, name: string): unknown {
  return Object.hasOwn(tree, name) ? tree[name] : undefined;
}
