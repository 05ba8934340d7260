import type { ChargeItem, CodeableConcept } from "@trestle/fhir";
import { decimal } from "../decimal.ts";
import { codedReference } from "../datatypes/coded-reference.ts";
import { code } from "../datatypes/code.ts";
import { money } from "../datatypes/cp.ts";
import { cwe } from "../datatypes/cwe.ts";
import { extension } from "../datatypes/extension.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { dateTime } from "../datatypes/ts.ts";
import { has, lacks } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import { textOf } from "../rows/part.ts";
import type { Converter, Row } from "../rows/row.ts";
import { warnings } from "../warnings.ts";
import { annotation } from "./annotation.ts";
import { filler } from "./order.ts";
import { modifiedCode } from "./modified-code.ts";
import { organization } from "./organization.ts";
import { practitioner } from "./practitioner.ts";
import { theEncounter, thePatient } from "./subject.ts";

const number = { value: 1, authority: 4, kind: "transaction" } as const;

/**
 * A charge or a credit. What patients and insurers pay, and what is adjusted, is no charge item:
 * the message warns of it.
 *
 * @see HL7 v2.8.2, chapter 6.5.1 (FT1)
 */
export const chargeItem = defineMap<ChargeItem>("chargeItem", {
  type: "ChargeItem",
  when: isCharge,
  keys: [
    [thePatient, identifierKey("FT1-2", number)],
    [thePatient, [theEncounter], ["FT1-7.1", "FT1-7.2"], ["FT1-4.1"]],
  ],
  repeated: "numbered",
  needs: ["code", "subject"],
  rows: [
    { to: "identifier[]", from: "FT1-2", as: identifier(number) },
    { to: "status", from: "FT1-6", as: code, table: "charge-status" },
    { to: "status", id: "unmapped", is: "unknown", when: has("FT1-6") },
    { to: "status", id: "otherwise", is: "billable" },
    { to: "code", from: "FT1-7", as: cwe, table: "charge-code", isPartial: true },
    { to: "code", id: "procedure", from: "FT1-25", as: cwe },
    { to: "code.coding[]", id: "furtherProcedure", from: "FT1-25", as: codings },
    { to: "code.coding[]", id: "modified", from: "FT1-26", as: modifiedCode("FT1-25") },
    { to: "code.text", from: ["FT1-8", "FT1-9"] },
    { to: "subject", refersTo: "patient" },
    { to: "context", refersTo: "encounter" },
    { to: "occurrencePeriod.start", from: "FT1-4.1", as: dateTime, when: has("FT1-4.2") },
    { to: "occurrencePeriod.end", from: "FT1-4.2", as: dateTime, when: has("FT1-4.1") },
    { to: "occurrenceDateTime", from: "FT1-4.1", as: dateTime, when: lacks("FT1-4.2") },
    performer("performer", "FT1-20", { code: "PPRF", display: "primary performer" }),
    performer("author", "FT1-21", { code: "AUT", display: "author (originator)" }),
    { to: "performingOrganization", from: "FT1-32", as: organization },
    { to: "requestingOrganization", from: "FT1-33", as: organization },
    { to: "costCenter", from: "FT1-13", as: codedReference },
    { to: "quantity", from: "FT1-10", as: howMany },
    { to: "priceOverride", from: "FT1-11", as: money },
    { to: "extension[]", id: "unitPrice", from: "FT1-12", as: unitPrice },
    { to: "enterer", from: "FT1-24", as: practitioner },
    { to: "enteredDate", from: "FT1-5", as: dateTime },
    { to: "reason[]", from: "FT1-19", as: cwe },
    { to: "service[].identifier", from: "FT1-23", as: identifier(filler) },
    { to: "productCodeableConcept", from: "FT1-29", as: cwe },
    { to: "account[]", refersTo: "account" },
    { to: "note[]", from: "NTE-3", as: annotation },
  ],
  closing: [{ to: "service[]", id: "procedure", refersTo: "procedure", when: hasProcedure }],
});

/** FT1-25 beside the code of the charge in FT1-7. */
function codings(...args: Parameters<Converter>): unknown {
  return (cwe(...args) as CodeableConcept | undefined)?.coding;
}

/** What one costs: R4 has only the whole price, R5 has this too. */
function unitPrice(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const price = moneyInside(part, scope, lookup);
  if (price === undefined) return undefined;
  const type = { url: "type", valueCode: "base" };
  scope.draft.trace?.note(type, "valueCode", { rule: "constant" });
  const made = { url: unitPriceComponent, extension: [type, price] };
  scope.draft.trace?.note(made, "url", { rule: "constant" });
  return made;
}

const moneyInside = extension("amount", "valueMoney", money);

const unitPriceComponent =
  "http://hl7.org/fhir/5.0/StructureDefinition/extension-ChargeItem.unitPriceComponent";

function performer(
  id: string,
  from: string,
  coding: { code: string; display: string },
): Row<"performer"> {
  const system = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
  const type: Row = { to: "function", is: { coding: [{ system, ...coding }] } };
  return { to: "performer[].actor", id, from, as: practitioner, with: [type] };
}

/** FT1-10: how many, without a unit. */
function howMany(...[part, scope]: Parameters<Converter>): unknown {
  const value = decimal(textOf(part) ?? "");
  if (value === undefined) scope.draft.warn(warnings.badNumber(part.at));
  return value === undefined ? undefined : { value };
}

/** A row that is not mapped on purpose says that a type of transaction is no charge. */
export function isCharge({ scope }: Reading): boolean {
  const { tables } = scope.draft.site;
  const row = tables.find("charge-status", scope.text("FT1-6.1") ?? "");
  return row?.status !== "not mapped on purpose";
}

/** Those of the charge itself; a charge without any has none of its neighbour's. */
function hasProcedure({ scope }: Reading): boolean {
  return scope.group.groups.some(({ name }) => name === "procedure");
}
