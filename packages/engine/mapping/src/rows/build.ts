import type { Reference } from "@trestle/fhir";
import { warnings } from "../warnings.ts";
import type { ResourceMap } from "./define-map.ts";
import type { Built, Draft } from "./draft.ts";
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
  if (map.when !== undefined && !map.when(reading.scope)) return undefined;
  const identity = identify(map, reading);
  const known = draft.find(identity.id);
  if (known !== undefined && map.repeated === "same") return known;
  const id = known === undefined ? identity.id : draft.nextId(map.type, identity.id);
  const resource = { resourceType: map.type, id };
  const isFilled = fill(resource, map.rows, reading);
  if (!isFilled && !identity.isKnown) return undefined;
  if (!isComplete(map, resource, reading)) return undefined;
  if (!identity.isKnown) draft.warn(warnings.noIdentifier({ type: map.type, at: at(reading) }));
  const reference: Reference = { reference: `urn:uuid:${id}` };
  fill(reference as unknown as Record<string, unknown>, map.refersWith, reading);
  const built: Built = { resource, reference, origin: identity.origin };
  draft.add(built);
  return built;
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
  return { id, origin: originOf(values), isKnown };
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

function isComplete(map: ResourceMap, resource: object, reading: Reading): boolean {
  const element = map.needs.find((name) => !(name in resource));
  if (element === undefined) return true;
  const facts = { type: map.type, element, at: at(reading) };
  reading.scope.draft.warn(warnings.incomplete(facts));
  return false;
}

function at({ scope, part }: Reading): string {
  return part?.at ?? scope.group.at;
}
