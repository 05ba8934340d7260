import { problems } from "../problems.ts";
import type { Node } from "./node.ts";
import type { CompiledRow, Lookup, Place, Reading, Way } from "./row.ts";
import { type Composite, type Written, isPiece, listOf, textsOf } from "./written.ts";

/** A segment, or a value with components, under construction. */
export class Draft {
  readonly name: string;
  readonly #fields = new Map<number, Written[]>();
  /** The repetitions of a field, so that each stands once. */
  readonly #seen = new Set<string>();

  constructor(name: string) {
    this.name = name;
  }

  get lastField(): number {
    return Math.max(0, ...this.#fields.keys());
  }

  repetitions(field: number): readonly Written[] {
    return this.#fields.get(field) ?? none;
  }

  isTaken({ field, component }: Place): boolean {
    const [first] = this.repetitions(field);
    if (component === 0 || first === undefined) return first !== undefined;
    return isPiece(first) ? component === 1 : first.components[component - 1] !== undefined;
  }

  /** Adds a repetition, once; or writes a component of the first. */
  write({ field, component }: Place, written: Written): void {
    const known = this.#fields.get(field) ?? [];
    this.#fields.set(field, known);
    if (component > 0) known[0] = withComponent(known[0], component, written);
    else if (!this.#seen.has(`${field} ${textsOf(written)}`)) {
      this.#seen.add(`${field} ${textsOf(written)}`);
      known.push(written);
    }
  }
}

/**
 * Writes what the rows find.
 *
 * @returns Whether the bundle gave any of it; constants and numbers do not count.
 */
export function fill(draft: Draft, rows: readonly CompiledRow[], reading: Reading): boolean {
  let isFilled = false;
  for (const row of rows) {
    if (row.when !== undefined && !row.when(reading)) continue;
    if (!row.to.isList && draft.isTaken(row.to)) continue;
    if (row.from.length > 0) isFilled = fillFrom(draft, row, reading) || isFilled;
    else draft.write(row.to, { text: constantOf(draft, row, reading), rule: ruleOf(row) });
  }
  return isFilled;
}

/** The first way that leads to a value counts. */
function fillFrom(draft: Draft, row: CompiledRow, reading: Reading): boolean {
  const lookup = row.lookup.table === "*" ? (reading.lookup ?? nowhere) : row.lookup;
  for (const way of row.from) {
    const nodes = nodesAt(way, reading).filter(row.where);
    const made = nodes.flatMap((node) => listOf(row.as(node, reading.sight, lookup)));
    const [first] = made;
    if (first === undefined) continue;
    if (row.to.isList) for (const each of made) draft.write(row.to, each);
    else {
      draft.write(row.to, first);
      if (made.length > 1 && !row.takesFirst) tellOthers(row, nodes, reading);
    }
    return true;
  }
  return false;
}

function nodesAt(way: Way, { sight, node }: Reading): readonly Node[] {
  if (way.name === "") return node?.along(way.steps) ?? [];
  return sight.named(way.name)?.along(way.steps) ?? [];
}

/** The field takes one; the others are not lost without a word. */
function tellOthers(row: CompiledRow, nodes: readonly Node[], { sight }: Reading): void {
  const [, second] = nodes;
  if (second !== undefined) {
    sight.composing.warn(problems.severalValues({ row: row.id, at: second.path }));
  }
}

function constantOf(draft: Draft, row: CompiledRow, { sight }: Reading): string {
  return row.counts ? String(sight.numberOf(draft.name)) : (row.is ?? "");
}

function ruleOf(row: CompiledRow): string {
  return row.counts ? "counted" : "constant";
}

function withComponent(known: Written | undefined, component: number, written: Written): Composite {
  const components = known === undefined || isPiece(known) ? [known] : [...known.components];
  while (components.length < component) components.push(undefined);
  components[component - 1] = written;
  return { components };
}

const none: readonly Written[] = [];
const nowhere: Lookup = {};
