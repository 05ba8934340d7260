import { xcn } from "../datatypes/actor.ts";
import { codeAs } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { bareIdentifier, ei, isOfType } from "../datatypes/identifier.ts";
import { xon } from "../datatypes/place.ts";
import { ts } from "../datatypes/ts.ts";
import { defineSegment } from "../rows/define-segment.ts";
import type { Node } from "../rows/node.ts";
import type { Converter } from "../rows/row.ts";

/** HL7 table 0017 has one code for what takes a charge back, a credit, whatever the reason. */
const chargeType = codeAs(new Map([["entered-in-error", "aborted"]]));

/** @see HL7 v2.5.1, chapter 6.5.1 (FT1) */
export const ft1 = defineSegment("charge", {
  segment: "FT1",
  rows: [
    { to: "FT1-1", counts: true },
    { to: "FT1-2", from: "ChargeItem.identifier", takes: "first", as: bareIdentifier },
    {
      to: "FT1-4",
      from: [
        "ChargeItem.occurrenceDateTime",
        "ChargeItem.occurrencePeriod.start",
        "ChargeItem.enteredDate",
      ],
      as: ts,
    },
    { to: "FT1-5", from: "ChargeItem.enteredDate", as: ts },
    { to: "FT1-6", from: "ChargeItem.status", as: chargeType, table: "charge-status" },
    { to: "FT1-7", from: "ChargeItem.code", as: cwe, table: "charge-code", unlisted: "pass" },
    { to: "FT1-10", from: "ChargeItem.quantity.value" },
    { to: "FT1-11.1", from: "ChargeItem.priceOverride", as: money },
    { to: "FT1-13", from: "ChargeItem.performingOrganization", as: nameOf },
    { to: "FT1-13", id: "costCenter", from: "ChargeItem.costCenter", as: nameOf },
    { to: "FT1-19[]", from: "ChargeItem.reason", as: cwe },
    { to: "FT1-20[]", from: "ChargeItem.performer.actor", as: xcn },
    { to: "FT1-21[]", from: "ServiceRequest.requester", as: xcn },
    {
      to: "FT1-23",
      from: "ServiceRequest.identifier",
      where: isOfType("FILL", "PLAC"),
      takes: "first",
      as: ei("FILL"),
    },
    { to: "FT1-24[]", from: "ChargeItem.enterer", as: xcn },
    { to: "FT1-25", from: "ChargeItem.code", where: isProcedure, as: cwe },
  ],
});

/** CPT and HCPCS codes are procedures as well. */
function isProcedure(node: Node): boolean {
  return node.children("coding").some((each) => procedures.has(each.peek("system") ?? ""));
}

/** MO inside of CP, an amount and its currency, for all that the quantity says. */
function money(...[node]: Parameters<Converter>): ReturnType<Converter> {
  const [amount, currency] = ["value", "currency"].map((name) => {
    const found = node.child(name);
    const text = found?.text;
    return found === undefined || text === undefined ? undefined : { text, path: found.path };
  });
  return amount === undefined ? undefined : { components: [amount, currency] };
}

/** A department by its number, else by its name. */
function nameOf(...[node, sight, lookup]: Parameters<Converter>): ReturnType<Converter> {
  const made = xon(node, sight, lookup);
  if (made === undefined || !("components" in made)) return undefined;
  return made.components[9] ?? made.components[2] ?? made.components[0];
}

const procedures: ReadonlySet<string> = new Set([
  "http://www.ama-assn.org/go/cpt",
  "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
]);
