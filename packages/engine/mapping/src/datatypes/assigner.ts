import { type Part, inside, rawIn, textIn } from "../rows/part.ts";

/** Where a data type keeps an identifier, by component numbers. */
export interface IdentifierShape {
  readonly value: number;
  /** Who gave it: an HD in one component. */
  readonly authority?: number;
  /** Who gave it: the three parts of an HD from this component on, as EI has them. */
  readonly authorityFrom?: number;
  readonly type?: number;
  readonly checkDigit?: number;
  /** By which scheme the check digit was made. */
  readonly checkScheme?: number;
  readonly validFrom?: number;
  readonly validTo?: number;
  /**
   * What it is where the message does not say; a row of that name in the table `identifiers` gives
   * its system. In capitals it is a code of HL7 table 0203.
   */
  readonly kind: string;
  /** Its code of HL7 table 0203, where that is not `kind`. */
  readonly typeCode?: string;
}

/** Who gave an identifier, and of what type it is. */
export interface Assigner {
  readonly authority: string | undefined;
  readonly universalId: string | undefined;
  readonly universalType: string | undefined;
  readonly type: string | undefined;
}

export function assignerOf(part: Part, shape: IdentifierShape): Assigner {
  const [holder, first] = holderOf(part, shape);
  const authority = holder && textIn(holder, first);
  const universalId = holder && textIn(holder, first + 1);
  const universalType = holder && textIn(holder, first + 2);
  const type = shape.type === undefined ? undefined : textIn(part, shape.type);
  return { authority, universalId, universalType, type };
}

/** As written, so that what is written alike is looked up once. */
export function rawAssignerOf(part: Part, shape: IdentifierShape): string {
  const { authority, authorityFrom: from, type } = shape;
  const written =
    from === undefined
      ? rawAt(part, authority)
      : `${rawAt(part, from)}|${rawAt(part, from + 1)}|${rawAt(part, from + 2)}`;
  return `${shape.kind}|${written}|${rawAt(part, type)}`;
}

/** An HD's universal id as a URI, where its type says how. */
export function universalSystem({ universalId, universalType }: Assigner): string | undefined {
  const shape = universalShapes[universalType?.toUpperCase() ?? ""];
  if (shape === undefined || universalId === undefined) return undefined;
  return shape.pattern.test(universalId) ? shape.prefix + universalId : undefined;
}

function rawAt(part: Part, number: number | undefined): string {
  return number === undefined ? "" : rawIn(part, number);
}

function holderOf(part: Part, shape: IdentifierShape): [Part | undefined, number] {
  if (shape.authorityFrom !== undefined) return [part, shape.authorityFrom];
  return [shape.authority === undefined ? undefined : inside(part, shape.authority), 1];
}

const oid = { pattern: /^[0-2](?:\.\d+)+$/u, prefix: "urn:oid:" };
const uuid = { pattern: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u, prefix: "urn:uuid:" };
const uri = { pattern: /^[a-z][a-z\d+.-]*:\S+$/iu, prefix: "" };

/** HL7 table 0301, as far as a URI can be made of it. */
const universalShapes: Readonly<Record<string, { pattern: RegExp; prefix: string }>> = {
  ISO: oid,
  UUID: uuid,
  GUID: uuid,
  URI: uri,
  URL: uri,
};
