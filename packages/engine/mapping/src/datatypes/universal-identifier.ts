import type { Identifier } from "@trestle/fhir";
import type { Part } from "../rows/part.ts";
import { type IdentifierShape, assignerOf, universalSystem } from "./assigner.ts";

/**
 * The universal ID of an HD as an identifier of what the HD names; undefined where its type makes it
 * no URI.
 *
 * @see HL7 v2.8.2, chapter 2.A.36 (HD)
 */
export function universalIdentifier(part: Part, shape: IdentifierShape): Identifier | undefined {
  const value = universalSystem(assignerOf(part, shape));
  return value === undefined ? undefined : { system: "urn:ietf:rfc:3986", value };
}
