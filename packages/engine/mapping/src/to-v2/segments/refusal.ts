import { systemName } from "../datatypes/code-system.ts";
import type { Node } from "../rows/node.ts";
import type { Condition } from "../rows/row.ts";
import type { Sight } from "../rows/sight.ts";

/**
 * Somebody decided against the dose. A registry counts a refusal against whoever refused, so that
 * only reasons that are known to be one count; a dose of which any other is told was not given.
 *
 * @see HL7 v2.5.1, table 0322 (RXA-20): RE, refused, and NA, not administered
 */
export const isRefused: Condition = ({ sight }) =>
  sight.glance("Immunization.status") === "not-done" &&
  sight.nodes("Immunization.statusReason.coding").some((coding) => isRefusal(coding, sight));

function isRefusal(coding: Node, sight: Sight): boolean {
  const code = coding.peek("code") ?? "";
  const system = coding.peek("system");
  if (system === undefined || actReasons.has(system)) return objections.has(code);
  return systemName(system, sight)?.text === "NIP002" && substanceRefusals.has(code);
}

const actReasons: ReadonlySet<string> = new Set([
  "http://terminology.hl7.org/CodeSystem/v3-ActReason",
  "http://hl7.org/fhir/v3/ActReason",
  "urn:oid:2.16.840.1.113883.5.8",
]);

/** Patient or guardian object, for reasons of conscience, religion, effect or safety. */
const objections: ReadonlySet<string> = new Set([
  "PATOBJ",
  "PHILISOP",
  "RELIG",
  "VACEFF",
  "VACSAF",
]);

/** The CDC's table NIP002: the parents' decision, a religious exemption, another, the patient's. */
const substanceRefusals: ReadonlySet<string> = new Set(["00", "01", "02", "03"]);
