import type { Consent } from "@trestle/fhir";
import { segmentOf } from "../datatypes/beside.ts";
import { code } from "../datatypes/code.ts";
import { cwe, tableConcept } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { dateTime } from "../datatypes/ts.ts";
import { xpnLine } from "../datatypes/xpn.ts";
import { without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { isWritten, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
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

/** The form, its text, and what was written for this patient, in one text. */
const wordsOfForm: Converter = (part) => {
  const written = [3, 5, 6].flatMap((number) => segmentOf(part).field(number).repetitions);
  const first = written.find(isWritten);
  if (first === undefined || first.at !== part.at) return undefined;
  const words = written.map(textOf).filter((word) => word !== undefined);
  return words.join("; ");
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
    { to: "policyRule.text", from: ["CON-3", "CON-5", "CON-6"], as: wordsOfForm },
    { to: "policyRule", id: "unknown", is: unknown, when: without("policyRule") },
    { to: "provision.period.start", from: "CON-14", as: dateTime },
    { to: "provision.period.end", from: "CON-15", as: dateTime },
    { to: "provision.type", from: "CON-11", as: code, table: "consent-provision", isPartial: true },
  ],
});
