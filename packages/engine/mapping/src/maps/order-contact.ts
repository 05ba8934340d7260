import type { RelatedPerson } from "@trestle/fhir";
import { cwe } from "../datatypes/cwe.ts";
import { plnShape } from "../datatypes/cx.ts";
import { identifier } from "../datatypes/identifier.ts";
import { preferred } from "../datatypes/preferred.ts";
import { xad } from "../datatypes/xad.ts";
import { xpn } from "../datatypes/xpn.ts";
import { xtn } from "../datatypes/xtn.ts";
import { anyOf, has } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { KeyValue } from "../rows/key.ts";
import { thePatient } from "./subject.ts";

/**
 * Whom to ask about an order or its patient.
 *
 * @see HL7 v2.8.2, chapter 11.6.4 (CTD)
 */
export const orderContact = defineMap<RelatedPerson>("orderContact", {
  type: "RelatedPerson",
  when: anyOf(has("CTD-2"), has("CTD-3"), has("CTD-5")),
  keys: [[thePatient, ofOrder, ["CTD-1.1", "CTD-1.2"], ["CTD-2.1", "CTD-5.1"], ["CTD-2.2"]]],
  needs: ["patient"],
  rows: [
    { to: "identifier[]", from: "CTD-7", as: identifier(plnShape) },
    { to: "active", is: true },
    { to: "patient", refersTo: "patient" },
    { to: "relationship[]", from: "CTD-1", as: cwe, table: "contact-role", isPartial: true },
    { to: "name[]", from: "CTD-2", as: xpn },
    { to: "telecom[]", from: "CTD-5", as: preferred(6, xtn("work"), "CTD") },
    { to: "address[]", from: "CTD-3", as: xad },
  ],
});

/** What an NK1 tells of somebody of that name is told apart. */
function ofOrder(): KeyValue {
  return { value: "contact of an order", name: "the kind of contact" };
}
