import type { FhirResource } from "@trestle/fhir";
import { compileRows, fieldsReadBy, readOnlyThePart } from "./compile-rows.ts";
import { type CompiledKey, type Key, compileKey } from "./key.ts";
import type { Part } from "./part.ts";
import type { CompiledRow, Condition, PlaceInReach, Row } from "./row.ts";

/** How one kind of resource is made. */
export interface ResourceMap {
  /** Begins the id of each of its rows. */
  readonly name: string;
  readonly type: FhirResource["resourceType"];
  readonly when: Condition | undefined;
  /** What identifies the resource over all messages: the first of these that is complete. */
  readonly keys: readonly CompiledKey[];
  /** Another resource of the same key: is it `same`, or to be `numbered` as a further one? */
  readonly repeated: "same" | "numbered";
  readonly rows: readonly CompiledRow[];
  /** Those of its rows that another field may add to. */
  readonly identifying: readonly CompiledRow[];
  /** The fields that these read beside the part, where they add more than numbers. */
  readonly identifiedIn: readonly PlaceInReach[];
  /** Rows that refer to what is built after it. */
  readonly closing: readonly CompiledRow[];
  /** Elements without which there is no such resource. */
  readonly needs: readonly CompiledNeed[];
  /** Added to every reference to it, such as a display; made once. */
  readonly refersWith: readonly CompiledRow[];
  /** The resource is the same for every message of the site in which its part reads the same. */
  readonly recurs: boolean;
  /** As it was written. */
  readonly definition: WrittenMap;
}

/** What a map's file writes, whatever its resource. */
export interface WrittenMap extends Omit<
  MapDefinition<FhirResource>,
  "adds" | "rows" | "closing" | "refersWith"
> {
  readonly adds?: readonly string[];
  readonly rows: readonly Row[];
  readonly closing?: readonly Row[];
  readonly refersWith?: readonly Row[];
}

/** An element or a choice such as `effective`; perhaps only sometimes. */
export type Need = string | { readonly element: string; readonly when: Condition };

interface CompiledNeed {
  readonly element: string;
  readonly when: Condition | undefined;
}

/** What a map's file writes. */
export interface MapDefinition<Resource extends FhirResource> {
  readonly type: Resource["resourceType"];
  readonly when?: Condition;
  readonly keys: readonly Key[];
  readonly repeated?: "same" | "numbered";
  /** Where it reads more of its field than the part: all that it reads of it, as written. */
  readonly written?: (part: Part) => string;
  /** What this map tells of a resource that another has made already, beside its identifiers. */
  readonly adds?: readonly (keyof Resource & string)[];
  readonly rows: readonly Row<keyof Resource & string>[];
  readonly closing?: readonly Row<keyof Resource & string>[];
  readonly needs?: readonly Need[];
  readonly refersWith?: readonly Row<"display" | "identifier">[];
  /**
   * True where keys, conditions and converters look at nothing but the part: staff and places that
   * come up in message after message. With a row that reads a field, or depends on one, it has no effect.
   */
  readonly recurs?: boolean;
}

/** Declares how a kind of resource is made, under a name that no other map has. */
export function defineMap<Resource extends FhirResource>(
  name: string,
  definition: MapDefinition<Resource>,
): ResourceMap {
  if (declared.has(name)) throw new TypeError(`the map “${name}” is declared twice`);
  const map = compileMap(name, definition);
  declared.set(name, map);
  return map;
}

/** Every map of the product, by name. */
export function declaredMaps(): ReadonlyMap<string, ResourceMap> {
  return declared;
}

/** Checks the rows of a map and compiles them. */
export function compileMap(name: string, definition: WrittenMap): ResourceMap {
  const added = new Set(["identifier", ...(definition.adds ?? [])]);
  const among = [...definition.rows, ...(definition.closing ?? [])];
  const rows = compileRows(name, definition.rows, among);
  const refersWith = compileRows(`${name}.reference`, definition.refersWith ?? []);
  const identifying = rows.filter(({ to }) => added.has(to.key));
  return {
    name,
    type: definition.type,
    when: definition.when,
    keys: definition.keys.map(compileKey),
    repeated: definition.repeated ?? "same",
    rows,
    identifying,
    identifiedIn: definition.adds === undefined ? [] : fieldsReadBy(identifying),
    closing: compileRows(name, definition.closing ?? [], among),
    needs: (definition.needs ?? []).map(compileNeed),
    refersWith,
    recurs: definition.recurs === true && readOnlyThePart([...rows, ...refersWith]),
    definition,
  };
}

function compileNeed(need: Need): CompiledNeed {
  return typeof need === "string" ? { element: need, when: undefined } : need;
}

const declared = new Map<string, ResourceMap>();
