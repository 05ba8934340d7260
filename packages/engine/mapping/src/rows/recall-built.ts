import { Component, Repetition } from "@trestle/hl7v2";
import { detached } from "../memory.ts";
import { willRecur } from "../print-resource.ts";
import type { ResourceMap } from "./define-map.ts";
import type { Built, Draft } from "./draft.ts";
import type { Reading } from "./fill.ts";
import type { Part } from "./part.ts";

/**
 * What a recurring map built for a text in an earlier message, such as a bed with its ward and
 * hospital, or nothing where it built nothing; else what `make` builds. Staff and places are most of the resources of a result.
 */
export function recallBuilt(
  map: ResourceMap,
  { scope: { draft }, part }: Reading,
  make: () => Built | undefined,
): Built | undefined {
  const text = part && textFor(part);
  if (draft.memory === undefined || text === undefined) return make();
  const kept = draft.memory.get(map, text);
  if (kept !== undefined) {
    const built = kept.value as readonly Built[];
    const taken = take(built, draft);
    if (taken === undefined && built.length > 0) return make();
    draft.site.uses?.again(kept.rows);
    return taken;
  }
  const { size } = draft;
  const { value, isFree, rows } = draft.watch(make);
  // Nothing was dropped, or it would be tied: what came since stands behind what was there before.
  if (isFree) draft.memory.keep(map, text, { value: draft.built.slice(size).map(shared), rows });
  return value;
}

/**
 * What the resource depends on, as written. A converter may look at the repetitions behind its own:
 * the first stands for the whole field, another has no text of its own.
 */
function textFor(part: Part): string | undefined {
  if (part instanceof Repetition) return part.index === 0 ? part.field.raw : undefined;
  // No first repetition begins with this mark, so that a component is never taken for one.
  return part instanceof Component ? `~${part.raw}` : undefined;
}

/** Puts a resource and what it refers to into the draft; not where another text named one of them. */
function take(kept: readonly Built[], draft: Draft): Built | undefined {
  const [main] = kept;
  if (main === undefined) return undefined;
  const known = draft.meet(main.resource.id);
  if (known !== undefined) return known.resource === main.resource ? known : undefined;
  for (const each of kept) {
    const other = draft.meet(each.resource.id);
    if (other !== undefined && other.resource !== each.resource) return undefined;
  }
  for (const each of kept) {
    if (draft.find(each.resource.id) === undefined) draft.begin(ofThisMessage(each));
  }
  return draft.find(main.resource.id);
}

function shared(built: Built): Built {
  const copy = { ...detached(built), isShared: true };
  willRecur(copy.resource);
  return copy;
}

/** The resource is the same object in all messages; what a message may add to is its own. */
function ofThisMessage(kept: Built): Built {
  return { ...kept, reference: { ...kept.reference }, seen: [...kept.seen] };
}
