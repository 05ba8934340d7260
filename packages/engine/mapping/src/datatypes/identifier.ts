import type { CodeRow } from "../code-tables.ts";
import type { Identifier } from "@trestle/fhir";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { type Part, inside, textIn, textOf } from "../rows/part.ts";
import { placeOf } from "../rows/place.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import type { Origin } from "../rows/trace.ts";
import { warnings } from "../warnings.ts";
import { localSystem, lookUp } from "./code.ts";

/** Where a data type keeps an identifier, by component numbers. */
export interface IdentifierShape {
  readonly value: number;
  /** An HD in one component. */
  readonly authority?: number;
  /** The three parts of an HD from this component on, as EI has them. */
  readonly authorityFrom?: number;
  readonly type?: number;
  /** What it is where the message does not say, such as `VN`; a row of that name gives its system. */
  readonly kind: string;
}

/** A whole Identifier. Its system comes from the site's table `identifiers`. */
export function identifier(shape: IdentifierShape): Converter {
  return (part, scope) => {
    const value = textIn(part, shape.value);
    if (value === undefined) return undefined;
    const { row, system, because } = systemOf(part, scope, shape);
    const type = typeOf(part, scope, { shape, row });
    const made: Identifier = { ...(type && { type: { coding: [type] } }), system, value };
    const { trace } = scope.draft;
    trace?.note(made, "value", { part: inside(part, shape.value) });
    trace?.note(made, "system", { part, ...because });
    if (type) trace?.note(made, "type", { part, ...(row ? because : { rule: "type of the identifier" }) });
    return made;
  };
}

/** `system|value` of the first identifier at the place, as a piece of a business key. */
export function identifierKey(place: string, shape: IdentifierShape) {
  return ({ scope }: Reading): KeyValue | undefined => {
    for (const part of scope.parts(placeOf(place))) {
      const value = keyOf(part, scope, shape);
      if (value !== undefined) return { value, part };
    }
    return undefined;
  };
}

/** `system|value`; undefined where there is no value. */
export function keyOf(part: Part, scope: Scope, shape: IdentifierShape): string | undefined {
  const value = textIn(part, shape.value);
  return value === undefined ? undefined : `${systemOf(part, scope, shape).system}|${value}`;
}

/** A `system|value` as the identifier of a reference. */
export function logicalReference(key: string | undefined): Identifier | undefined {
  if (key === undefined) return undefined;
  const bar = key.indexOf("|");
  return { system: key.slice(0, bar), value: key.slice(bar + 1) };
}

/** The row of the table `identifiers` that names this identifier: by authority and type, then by either. */
export function identifierRow(
  part: Part,
  scope: Scope,
  shape: IdentifierShape,
): CodeRow | undefined {
  const { authority, universalId, type } = read(part, shape);
  const named = [authority, universalId].filter((name) => name !== undefined);
  const names = type === undefined ? named : [...named.map((name) => `${name}^${type}`), ...named, type];
  for (const name of names.length === 0 ? [shape.kind] : names) {
    const row = scope.draft.site.tables.find("identifiers", name);
    if (row !== undefined) return row;
  }
  return undefined;
}

interface System {
  readonly row: CodeRow | undefined;
  readonly system: string;
  readonly because: Origin;
}

function systemOf(part: Part, scope: Scope, shape: IdentifierShape): System {
  const row = identifierRow(part, scope, shape);
  if (row !== undefined) {
    return { row, system: row.system, because: { row: `identifiers: ${row.local}` } };
  }
  const { authority, universalId, universalType, type } = read(part, shape);
  const national = type && scope.draft.site.tables.find("identifier-systems", type);
  if (national) {
    return { row, system: national.system, because: { row: `identifier-systems: ${national.local}` } };
  }
  const universal = universalSystem(universalId, universalType);
  if (universal !== undefined) {
    return { row, system: universal, because: { rule: "universal id of the assigning authority" } };
  }
  const name = nameOf(authority ?? universalId, type);
  if (name !== undefined) scope.draft.warn(warnings.unmappedIdentifier({ authority: name, at: part.at }));
  const because = { rule: "named after the site and the assigning authority" };
  return { row, system: localSystem(scope, name ?? shape.kind), because };
}

/** Authority and type: the same number may be a record's at one desk and an account's at another. */
function nameOf(authority: string | undefined, type: string | undefined): string | undefined {
  if (authority === undefined || type === undefined || authority === type) return authority ?? type;
  return `${authority}^${type}`;
}

/** The type in FHIR's words: the row's code, else the code of HL7 table 0203 that was sent or meant. */
function typeOf(
  part: Part,
  scope: Scope,
  { shape, row }: { shape: IdentifierShape; row: CodeRow | undefined },
) {
  if (row !== undefined && row.code !== "") return { system: types, code: row.code };
  const sent = shape.type === undefined ? undefined : inside(part, shape.type);
  const isSent = sent !== undefined && textOf(sent) !== undefined;
  const known = isSent ? lookUp(sent, scope, { table: "identifier-types", isPartial: true }) : undefined;
  if (known !== undefined) return { system: known.system, code: known.code };
  return isSent || !isType(shape.kind) ? undefined : { system: types, code: shape.kind };
}

/** Kinds in capitals are codes of HL7 table 0203. */
function isType(kind: string): boolean {
  return /^[A-Z]+$/u.test(kind);
}

function read(part: Part, shape: IdentifierShape) {
  const type = shape.type === undefined ? undefined : textIn(part, shape.type);
  if (shape.authorityFrom !== undefined) {
    const [authority, universalId, universalType] = [0, 1, 2].map((step) =>
      textIn(part, (shape.authorityFrom ?? 0) + step),
    );
    return { authority, universalId, universalType, type };
  }
  const hd = shape.authority === undefined ? undefined : inside(part, shape.authority);
  const [authority, universalId, universalType] = [1, 2, 3].map((number) =>
    hd === undefined ? undefined : textIn(hd, number),
  );
  return { authority, universalId, universalType, type };
}

/** An HD's universal id as a URI, where its type says how. */
export function universalSystem(id: string | undefined, type: string | undefined) {
  if (id === undefined) return undefined;
  switch (type?.toUpperCase()) {
    case "ISO":
      return /^[0-2](?:\.\d+)+$/u.test(id) ? `urn:oid:${id}` : undefined;
    case "UUID":
    case "GUID":
      return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(id)
        ? `urn:uuid:${id.toLowerCase()}`
        : undefined;
    case "URI":
    case "URL":
      return /^[a-z][a-z\d+.-]*:\S+$/iu.test(id) ? id : undefined;
    case undefined:
    default:
      return undefined;
  }
}

const types = "http://terminology.hl7.org/CodeSystem/v2-0203";
