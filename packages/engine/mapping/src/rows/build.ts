import { byDefaultTag } from "../unmapped-policy.ts";
import { warnings } from "../warnings.ts";
import type { ResourceMap } from "./define-map.ts";
import type { Built, Draft, Draftable } from "./draft.ts";
import { type Reading, fill } from "./fill.ts";
import { type KeyValue, firstKey } from "./key.ts";
import { recallBuilt } from "./recall-built.ts";
import type { Origin } from "./trace.ts";

/**
 * Makes a resource from its map, as the site has changed it, or finds it where the message has it already.
 *
 * @param reading Its part is what a map reads that is used inside a field, such as a practitioner.
 * @returns Undefined where the map does not apply or something the resource needs is missing.
 */
export function build(base: ResourceMap, reading: Reading): Built | undefined {
  const map = reading.scope.draft.mapFor(base);
  if (!map.recurs) {
    // A place that recurs may name what does not: a site's overlay can make any map read a field.
    reading.scope.draft.tie();
    return buildAnew(map, reading);
  }
  return recallBuilt(map, reading, () => buildAnew(map, reading));
}

function buildAnew(map: ResourceMap, reading: Reading): Built | undefined {
  const { draft } = reading.scope;
  if (map.when !== undefined && !map.when(reading, {})) return undefined;
  const identity = identify(map, reading);
  const known = draft.meet(identity.id);
  if (known !== undefined && map.repeated === "same") return enrich(known, map, reading);
  const id = known === undefined ? identity.id : draft.nextId(map.type, identity.id);
  const built = begin(map, id, { origin: identity.origin, reading });
  const isFilled = fillWhole(built.resource, map, reading);
  if ((isFilled || identity.isKnown) && isComplete(map, built.resource, reading)) {
    if (!identity.isKnown) draft.warn(warnings.noIdentifier({ type: map.type, at: at(reading) }));
    fill(built.reference as unknown as Draftable, map.refersWith, reading);
    return built;
  }
  draft.drop(built);
  return undefined;
}

/** Whoever takes a resource in shall see, without looking at each code, that one only stands in. */
function fillWhole(resource: Draftable, map: ResourceMap, reading: Reading): boolean {
  const { draft } = reading.scope;
  const around = draft.restartDefaults();
  const isFilled = fill(resource, map.rows, reading);
  if (draft.restartDefaults(around) > 0) addTag(resource, draft);
  return isFilled;
}

function addTag(resource: Draftable, { trace }: Draft): void {
  const meta = (resource["meta"] ??= {}) as Draftable;
  meta["tag"] = [byDefaultTag];
  trace?.note(meta, "tag", { rule: "a code without a row has the default of its table" });
}

function begin(map: ResourceMap, id: string, made: { origin: Origin; reading: Reading }): Built {
  const { origin, reading } = made;
  const built: Built = {
    resource: { resourceType: map.type, id },
    reference: { reference: `urn:uuid:${id}` },
    origin,
    // Most are named once, so that the fields are read only when it is named again.
    seen: map.identifiedIn.length === 0 ? [mentionOf(map, reading)] : [],
    isShared: false,
  };
  reading.scope.draft.begin(built);
  return built;
}

/** Another field may know a further number of the same person or place. */
function enrich(known: Built, map: ResourceMap, reading: Reading): Built {
  const written = mentionOf(map, reading);
  if (known.seen.includes(written)) return known;
  const own = known.isShared ? ownCopy(known, reading.scope.draft) : known;
  own.seen.push(written);
  warnOfContradiction(own.resource, map, reading);
  fill(own.resource, map.identifying, { ...reading, isFurther: true });
  // Whoever was first named by a number alone is shown by name once that is told.
  fill(own.reference as unknown as Draftable, map.refersWith, reading);
  return own;
}

/** Where another field says something else of what there can be only one of, the first counts. */
function warnOfContradiction(known: Draftable, map: ResourceMap, reading: Reading): void {
  if (map.definition.adds === undefined) return;
  const told: Draftable = {};
  fill(
    told,
    map.identifying.filter(({ to }) => !to.isList && to.owners.length === 0),
    reading,
  );
  const elements = Object.keys(told).filter(
    (key) => known[key] !== undefined && known[key] !== told[key],
  );
  if (elements.length === 0) return;
  const facts = { type: map.type, elements: elements.join(" and "), at: at(reading) };
  reading.scope.draft.warn(warnings.contradicts(facts));
}

/** How it was named, and what else was written where the map may find more of it. */
function mentionOf(map: ResourceMap, { part, scope }: Reading): string {
  const { name, identifiedIn, definition } = map;
  const written = part === undefined ? "" : (definition.written?.(part) ?? part.raw);
  if (definition.adds === undefined) return written;
  const beside = identifiedIn.map(({ place, reach }) => {
    const raws = scope.parts(place, reach).map(({ raw }) => raw);
    return raws.join("\r");
  });
  // No text of a message holds the end of its segment.
  return [name, written, ...beside].join("\r\r");
}

/** In place of a resource that other messages have too. */
function ownCopy(shared: Built, draft: Draft): Built {
  const resource = { ...shared.resource };
  for (const [element, value] of Object.entries(resource))
    if (Array.isArray(value)) resource[element] = [...(value as unknown[])];
  const own = { ...shared, resource, isShared: false };
  draft.exchange(own);
  return own;
}

/** What a resource is known by, and which fields said so. */
interface Identity {
  readonly id: string;
  readonly origin: Origin;
  readonly isKnown: boolean;
}

function identify(map: ResourceMap, reading: Reading): Identity {
  const key = firstKey(map.keys, reading) ?? [];
  const isKnown = key.length > 0;
  const values = isKnown ? key : lastResort(reading);
  const id = reading.scope.draft.idOf(
    map.type,
    values.map(({ value }) => value),
  );
  const isTraced = reading.scope.draft.trace !== undefined;
  return { id, origin: isTraced ? originOf(values) : untraced, isKnown };
}

/** Where nothing identifies it, a resource is at least the same when its message comes again. */
function lastResort(reading: Reading): readonly KeyValue[] {
  return [
    { value: reading.scope.text("MSH-10") ?? "", name: "the control id" },
    { value: at(reading), name: "its place in the message" },
  ];
}

function originOf(values: readonly KeyValue[]): Origin {
  const named = values.map(({ part, name }) => name ?? part?.at ?? "");
  const [part] = values.flatMap((value) => value.part ?? []);
  return { rule: `stable id made from ${named.join(", ")}`, ...(part && { part }) };
}

function isComplete(map: ResourceMap, resource: Draftable, reading: Reading): boolean {
  const missing = map.needs.find(
    ({ element, when }) =>
      !isGiven(resource, element) && (when === undefined || when(reading, resource)),
  );
  if (missing === undefined) return true;
  const facts = { type: map.type, element: missing.element, at: at(reading) };
  reading.scope.draft.warn(warnings.incomplete(facts));
  return false;
}

/** The element or, where it is a choice such as `effective`, one of the choices. */
function isGiven(resource: Draftable, element: string): boolean {
  if (element in resource) return true;
  for (const key in resource) if (key.startsWith(element)) return true;
  return false;
}

function at({ scope, part }: Reading): string {
  return part?.at ?? scope.group.at;
}

const untraced: Origin = {};
