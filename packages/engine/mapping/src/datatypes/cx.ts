import type { IdentifierShape } from "./assigner.ts";

/** CX: an identifier with check digit, HD authority and type. */
export function cxShape(kind: string): IdentifierShape {
  return {
    value: 1,
    checkDigit: 2,
    checkScheme: 3,
    authority: 4,
    type: 5,
    validFrom: 7,
    validTo: 8,
    kind,
  };
}

/**
 * EI: an identifier whose authority stands in three components.
 *
 * @param typeCode Its type in HL7 table 0203, where that differs from the kind.
 */
export function eiShape(kind: string, typeCode?: string): IdentifierShape {
  return { value: 1, authorityFrom: 2, kind, ...(typeCode !== undefined && { typeCode }) };
}

/** XCN: the number of a person who works here. */
export const xcnShape: IdentifierShape = {
  value: 1,
  authority: 9,
  checkDigit: 11,
  checkScheme: 12,
  type: 13,
  kind: "provider",
};

/** CNN: the same inside of one component, where the authority stands in three pieces. */
export const cnnShape: IdentifierShape = { value: 1, authorityFrom: 9, kind: "provider" };

/** CE where a sender names a person by code, text and coding system, as AIG-3. */
export const ceShape: IdentifierShape = { value: 1, authorityFrom: 3, kind: "provider" };

/** XON from version 2.5 on, where XON.10 replaced the number in XON.3. */
export const xonShape: IdentifierShape = {
  checkDigit: 4,
  checkScheme: 5,
  authority: 6,
  type: 7,
  value: 10,
  kind: "organization",
};

/** XON before version 2.5. */
export const oldXonShape: IdentifierShape = { ...xonShape, value: 3 };

/** PLN: the number of a licence or the like, its type, and until when it is valid. */
export const plnShape: IdentifierShape = { value: 1, type: 2, validTo: 4, kind: "license" };

/** DLN: the number of a driver's licence. */
export const dlnShape: IdentifierShape = { value: 1, authority: 2, validTo: 3, kind: "DL" };
