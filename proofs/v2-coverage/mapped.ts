import { type MappingSite, codeTables, createMapper } from "@trestle/mapping";
import type { ProbeMessage } from "./probe-message.ts";
import { Tree } from "./result-tree.ts";

/** What a probe maps to, with the tables of the product alone; many lines try the same one. */
export function mapped(probe: ProbeMessage): Tree {
  const text = probe.print();
  const known = trees.get(text);
  if (known !== undefined) return known;
  const tree = new Tree(mapper.explain(probe.parse(), site));
  // Lines about the same field stand together, so that what is older is not asked for again.
  if (trees.size >= maxTrees) trees.clear();
  trees.set(text, tree);
  return tree;
}

const maxTrees = 400;

const trees = new Map<string, Tree>();
const mapper = createMapper();
const site: MappingSite = {
  id: "proof",
  timeZone: "America/Chicago",
  tables: codeTables(new Map()),
};
