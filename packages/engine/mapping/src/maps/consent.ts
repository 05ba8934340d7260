import type { Consent } from "@trestle/fhir";
import { code } from "../datatypes/code.ts";
import { cwe, tableConcept, textConcept } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { dateTime } from "../datatypes/ts.ts";
import { xpnLine } from "../datatypes/xpn.ts";
import { without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { thePatient } from "./subject.ts";

const number = eiShape("consent");

const privacy = {
  coding: [
    {
      system: "http://terminology.hl7.org/CodeSystem/consentscope",
      code: "patient-privacy",
      display: "Privacy Consent",
    },
  ],
};

/** What stands in `category` and `policyRule` where CON names neither kind nor form. */
const unknown = {
  coding: [{ system: "http://terminology.hl7.org/CodeSystem/data-absent-reason", code: "unknown" }],
};

/** @see HL7 v2.8.2, chapter 9.7.5 (CON) */
export const consent = defineMap<Consent>("consent", {
  type: "Consent",
  keys: [
    // The number is that of the form, which others may have signed too.
    [thePatient, identifierKey("CON-4", number)],
    [thePatient, ["CON-2.1", "CON-3", "CON-5"], ["CON-13", "CON-12"]],
  ],
  needs: ["patient"],
  rows: [
    { to: "identifier[]", from: "CON-4", as: identifier(number) },
    { to: "status", from: "CON-11", as: code, table: "consent-status" },
    { to: "status", id: "otherwise", is: "proposed" },
    { to: "scope", from: "CON-2", as: tableConcept, table: "consent-scope" },
    { to: "scope", id: "otherwise", is: privacy },
    { to: "category[]", from: "CON-2", as: cwe, table: "consent-type", isPartial: true },
    { to: "category[]", id: "unknown", is: unknown, when: without("category") },
    { to: "patient", refersTo: "patient" },
    { to: "dateTime", from: ["CON-13", "CON-12"], as: dateTime },
    { to: "performer[].display", id: "consenter", from: "CON-24", as: xpnLine },
    { to: "sourceReference", refersTo: "documentReference" },
    { to: "policyRule", from: "CON-3", as: textConcept },
    { to: "policyRule", id: "text", from: "CON-5", as: textConcept },
    { to: "policyRule", id: "unknown", is: unknown },
    { to: "provision.period.start", from: "CON-14", as: dateTime },
    { to: "provision.period.end", from: "CON-15", as: dateTime },
    { to: "provision.type", from: "CON-11", as: code, table: "consent-provision", isPartial: true },
  ],
});
