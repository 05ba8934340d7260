import type { Coding, Reference } from "@trestle/fhir";
import type { CodeRow } from "../tables/code-tables.ts";
import type { Part } from "../rows/part.ts";
import type { Scope } from "../rows/scope.ts";
import type { Origin } from "../rows/trace.ts";
import { plainCode, warnings } from "../warnings.ts";
import { fieldAt } from "./code.ts";
import {
  type Assigner,
  type IdentifierShape,
  assignerOf,
  rawAssignerOf,
  universalSystem,
} from "./assigner.ts";
import { localSystem } from "./code.ts";

/** What an assigning authority and a type mean here. */
export interface IdentifierSystem {
  readonly system: string;
  /** The type in the words of HL7 table 0203. */
  readonly type: Coding | undefined;
  /** The place of its row in the site's table `identifiers`, from 0; undefined where it has none. */
  readonly rank: number | undefined;
  readonly because: Origin;
  /** Who gave it, where the system does not say so: it comes from the type, or from a universal id. */
  readonly assigner?: Assigned | undefined;
  /** The authority, where no table has it and somebody should add it. */
  readonly unmapped?: string | undefined;
}

/** An authority by its name and by its universal id. */
export type Assigned = Pick<Reference, "display" | "identifier">;

/**
 * The system of an identifier: from the site's table `identifiers` by authority and type, by
 * authority or by type; else a national system of that type; else the authority's universal id;
 * else one named after the site and the authority, with a warning.
 */
export function identifierSystem(
  part: Part,
  scope: Scope,
  shape: IdentifierShape,
): IdentifierSystem {
  const { draft } = scope;
  const written = rawAssignerOf(part, shape);
  const found = draft.recall(shape, written, () => find(part, scope, shape));
  if (found.unmapped !== undefined) {
    const { at } = part;
    const isHeld = draft.site.unmapped?.get("identifiers")?.unmapped === "hold";
    const warning = isHeld ? warnings.heldIdentifier : warnings.unmappedIdentifier;
    draft.warnOnce(written, warning({ authority: found.unmapped, at }));
    const local = plainCode(found.unmapped);
    draft.missRow({ table: "identifiers", local, field: fieldAt(at) });
  }
  return found;
}

function find(part: Part, scope: Scope, shape: IdentifierShape): IdentifierSystem {
  const { tables } = scope.draft.site;
  const assigner = assignerOf(part, shape);
  const names = namesOf(assigner);
  const row = firstRow(names.length === 0 ? [shape.kind] : names, scope);
  if (row !== undefined) {
    const type = row.code === "" ? undefined : { system: types, code: row.code };
    const rank = tables.rows("identifiers").indexOf(row);
    const because = { row: `identifiers: ${row.local}` };
    const isOfType = names.length > 1 && row.local.toUpperCase() === assigner.type?.toUpperCase();
    const by = isOfType ? assignedBy(assigner) : undefined;
    return { system: row.system, type, rank, because, assigner: by };
  }
  const rest = { type: typeOf(assigner, scope, shape), rank: undefined };
  const national = tables.find("identifier-systems", assigner.type ?? shape.kind);
  if (national !== undefined) {
    const because = { row: `identifier-systems: ${national.local}` };
    return { system: national.system, ...rest, because, assigner: assignedBy(assigner) };
  }
  const universal = universalSystem(assigner);
  if (universal !== undefined) {
    const { authority: display } = assigner;
    const by = display === undefined ? undefined : { display };
    return { system: universal, ...rest, because: universalId, assigner: by };
  }
  const name = names[0];
  const system = localSystem(scope, name ?? shape.kind);
  return { system, ...rest, because: ownName, unmapped: name };
}

function assignedBy(assigner: Assigner): Assigned | undefined {
  const { authority: display } = assigner;
  const value = universalSystem(assigner);
  if (display === undefined && value === undefined) return undefined;
  const identifier = value === undefined ? undefined : { system: "urn:ietf:rfc:3986", value };
  return { ...(identifier && { identifier }), ...(display !== undefined && { display }) };
}

/** From the most exact to the least. The same number may be a record's at one desk, an account's at another. */
function namesOf({ authority, universalId, type }: Assigner): readonly string[] {
  const named = [authority, universalId].filter((name) => name !== undefined);
  const exact = named.map((name) =>
    type === undefined || type === name ? name : `${name}^${type}`,
  );
  return [...new Set([...exact, ...named, ...(type === undefined ? [] : [type])])];
}

function firstRow(names: readonly string[], scope: Scope): CodeRow | undefined {
  for (const name of names) {
    const row = scope.draft.site.tables.find("identifiers", name);
    if (row !== undefined) return row;
  }
  return undefined;
}

function typeOf({ type }: Assigner, scope: Scope, shape: IdentifierShape): Coding | undefined {
  const { kind, typeCode = kind } = shape;
  if (type === undefined)
    return /^[A-Z]+$/u.test(typeCode) ? { system: types, code: typeCode } : undefined;
  const row = scope.draft.site.tables.find("identifier-types", type);
  return row && { system: row.system, code: row.code };
}

const types = "http://terminology.hl7.org/CodeSystem/v2-0203";
const universalId: Origin = { rule: "universal id of the assigning authority" };
const ownName: Origin = { rule: "named after the site and the assigning authority" };
