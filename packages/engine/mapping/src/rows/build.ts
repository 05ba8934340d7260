import { warnings } from "../warnings.ts";
import type { ResourceMap } from "./define-map.ts";
import type { Built, Draftable } from "./draft.ts";
import { type Reading, fill } from "./fill.ts";
import { type KeyValue, firstKey } from "./key.ts";
import type { Origin } from "./trace.ts";

/**
 * Makes a resource from its map, or finds it where the message has it already.
 *
 * @param reading Its part is what a map reads that is used inside a field, such as a practitioner.
 * @returns Undefined where the map does not apply or something the resource needs is missing.
 */
export function build(map: ResourceMap, reading: Reading): Built | undefined {
  const { draft } = reading.scope;
  if (map.when !== undefined && !map.when(reading, {})) return undefined;
  const identity = identify(map, reading);
  const known = draft.find(identity.id);
  if (known !== undefined && map.repeated === "same") {
    enrich(known, map, reading);
    return known;
  }
  const id = known === undefined ? identity.id : draft.nextId(map.type, identity.id);
  const built = begin(map, id, identity);
  draft.begin(built);
  built.seen.add(reading.part?.raw ?? "");
  const isFilled = fill(built.resource, map.rows, reading);
  if ((isFilled || identity.isKnown) && isComplete(map, built.resource, reading)) {
    if (!identity.isKnown) draft.warn(warnings.noIdentifier({ type: map.type, at: at(reading) }));
    fill(built.reference as unknown as Draftable, map.refersWith, reading);
    return built;
  }
  draft.drop(built);
  return undefined;
}

function begin(map: ResourceMap, id: string, { origin }: Identity): Built {
  const resource = { resourceType: map.type, id };
  return { resource, reference: { reference: `urn:uuid:${id}` }, origin, seen: new Set() };
}

/** Another field may know a further number of the same person or place. */
function enrich({ resource, seen }: Built, map: ResourceMap, reading: Reading): void {
  const written = reading.part?.raw ?? "";
  if (seen.has(written)) return;
  seen.add(written);
  fill(
    resource,
    map.rows.filter(({ to }) => to.key === "identifier"),
    reading,
  );
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
  const missing = map.needs.find((need) => {
    const { element, when } = typeof need === "string" ? { element: need, when: undefined } : need;
    const isWritten = Object.keys(resource).some((key) => key.startsWith(element));
    return !isWritten && (when === undefined || when(reading, resource));
  });
  if (missing === undefined) return true;
  const element = typeof missing === "string" ? missing : missing.element;
  const facts = { type: map.type, element, at: at(reading) };
  reading.scope.draft.warn(warnings.incomplete(facts));
  return false;
}

function at({ scope, part }: Reading): string {
  return part?.at ?? scope.group.at;
}

const untraced: Origin = {};
