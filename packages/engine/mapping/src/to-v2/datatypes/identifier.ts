import { problems } from "../problems.ts";
import type { Node } from "../rows/node.ts";
import type { Converter } from "../rows/row.ts";
import type { Sight } from "../rows/sight.ts";
import type { Piece, Written } from "../rows/written.ts";
import { type Assigner, assignerOf } from "./assigner.ts";

/**
 * CX: the identifier with who gave it and of what type it is.
 *
 * @param kind What the field holds where it says nothing: a number of that kind goes out bare.
 */
export function cx(kind: string): Converter {
  return (node, sight) => {
    const parts = partsOf(node, sight, kind);
    if (parts === undefined) return undefined;
    const { value, authority, type } = parts;
    return { components: [value, undefined, undefined, authority, type] };
  };
}

/** EI: the identifier, and in three components who gave it. */
export function ei(kind: string): Converter {
  return (node, sight) => {
    const parts = partsOf(node, sight, kind);
    if (parts === undefined) return undefined;
    const { value, authority } = parts;
    const named =
      authority !== undefined && "components" in authority ? authority.components : [authority];
    return { components: [value, ...named] };
  };
}

/** Only the value, where a field has no room for who gave it. */
export const bareIdentifier: Converter = (node) => {
  const value = valueOf(node);
  if (value !== undefined) node.use();
  return value;
};

/** The identifier is of that type of HL7 table 0203, by its type or by the site's row for its system. */
export function isOfType(...types: readonly string[]) {
  return (node: Node): boolean =>
    node.along(["type", "coding"]).some((each) => types.includes(each.peek("code") ?? ""));
}

/** The identifier says nothing of its type. */
export function isUntyped(node: Node): boolean {
  return node.along(["type", "coding"]).length === 0;
}

/** The parts of an identifier as messages have them. */
export interface IdentifierParts {
  readonly value: Piece;
  readonly authority: Written | undefined;
  readonly type: Piece | undefined;
}

/** Undefined, with a warning, where nobody at the site would know whose number it is. */
export function partsOf(node: Node, sight: Sight, kind: string): IdentifierParts | undefined {
  const value = valueOf(node);
  if (value === undefined) return undefined;
  const assigner = assignerOf(node, sight, kind);
  if (assigner === undefined) {
    sight.composing.warn(problems.unknownIdentifierSystem(node.path));
    return undefined;
  }
  node.use();
  const { row } = assigner;
  const because = { path: `${node.path}.system`, ...(row !== undefined && { row }) };
  // Without a row the type is the identifier's own.
  const ofType = row === undefined ? { path: `${node.path}.type` } : because;
  return {
    value,
    authority: authorityOf(assigner, because),
    type: assigner.type === undefined ? undefined : { text: assigner.type, ...ofType },
  };
}

function authorityOf(assigner: Assigner, because: Omit<Piece, "text">): Written | undefined {
  const { authority, universal } = assigner;
  if (authority !== undefined) return { text: authority, ...because };
  if (universal === undefined) return undefined;
  const { id, type } = universal;
  const rule = "universal id of the system";
  return {
    components: [undefined, { text: id, ...because, rule }, { text: type, ...because, rule }],
  };
}

function valueOf(node: Node): Piece | undefined {
  const value = node.child("value");
  const text = value?.glance;
  return value === undefined || text === undefined ? undefined : { text, path: value.path };
}
