import type { FhirResource } from "@trestle/fhir";
import { compileRows } from "./compile-rows.ts";
import type { Key } from "./key.ts";
import type { CompiledRow, Condition, Row } from "./row.ts";

/** How one kind of resource is made. */
export interface ResourceMap {
  /** Begins the id of each of its rows. */
  readonly name: string;
  readonly type: FhirResource["resourceType"];
  readonly when: Condition | undefined;
  /** What identifies the resource over all messages: the first of these that is complete. */
  readonly keys: readonly Key[];
  /** Another resource of the same key: is it `same`, or to be `numbered` as a further one? */
  readonly repeated: "same" | "numbered";
  readonly rows: readonly CompiledRow[];
  /** Rows that refer to what is built after it. */
  readonly closing: readonly CompiledRow[];
  /** Elements without which there is no such resource. */
  readonly needs: readonly Need[];
  /** Added to every reference to it, such as a display; made once. */
  readonly refersWith: readonly CompiledRow[];
}

/** An element or a choice such as `effective`; perhaps only sometimes. */
export type Need = string | { readonly element: string; readonly when: Condition };

/** What a map's file writes. */
export interface MapDefinition<Resource extends FhirResource> {
  readonly type: Resource["resourceType"];
  readonly when?: Condition;
  readonly keys: readonly Key[];
  readonly repeated?: "same" | "numbered";
  readonly rows: readonly Row<keyof Resource & string>[];
  readonly closing?: readonly Row<keyof Resource & string>[];
  readonly needs?: readonly Need[];
  readonly refersWith?: readonly Row<"display" | "identifier">[];
}

/** Declares how a kind of resource is made; checks its rows and takes their text apart once. */
export function defineMap<Resource extends FhirResource>(
  name: string,
  definition: MapDefinition<Resource>,
): ResourceMap {
  return {
    name,
    type: definition.type,
    when: definition.when,
    keys: definition.keys,
    repeated: definition.repeated ?? "same",
    rows: compileRows(name, definition.rows),
    closing: compileRows(name, definition.closing ?? []),
    needs: definition.needs ?? [],
    refersWith: compileRows(`${name}.reference`, definition.refersWith ?? []),
  };
}
