import type { Account } from "@trestle/fhir";
import { code, flag } from "../datatypes/code.ts";
import { cxShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { wholeNumber } from "../datatypes/quantity.ts";
import { dateTime } from "../datatypes/ts.ts";
import { has, isOneOf } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Row } from "../rows/row.ts";
import { eventPlaces, isEventIn } from "./event.ts";

const accountNumber = cxShape("AN");
const keyOfAccount = identifierKey("PID-18", accountNumber);
const keyOfPrior = identifierKey("MRG-3", accountNumber);

/** Orders and results name the account too, but tell nothing of how it stands. */
export const isAboutAccounts = isOneOf("MSH-9.1", "ADT", "BAR", "DFT");

/**
 * The account of PID-18, with who insures it and who answers for it. That nobody knows how it
 * stands changes nothing in a record that knows it.
 */
export const account = defineMap<Account>("account", {
  type: "Account",
  when: has("PID-18"),
  keys: [[keyOfAccount]],
  adds: ["subject"],
  rows: [
    { to: "identifier[]", from: "PID-18", as: identifier(accountNumber) },
    { to: "status", from: eventPlaces, as: code, table: "account-event", isPartial: true },
    { to: "status", id: "otherwise", is: "active", when: isAboutAccounts },
    { to: "status", id: "unknown", is: "unknown" },
    { to: "subject[]", refersTo: "patient" },
    { to: "servicePeriod.start", from: "PV1-44", as: dateTime, when: isAboutAccounts },
    { to: "servicePeriod.end", from: "PV1-45", as: dateTime, when: isAboutAccounts },
  ],
  closing: [
    {
      to: "coverage[].coverage",
      refersTo: "coverage",
      with: [{ to: "priority", from: ["IN1-22", "IN1-1"], as: wholeNumber }],
    },
    guarantor("person", "guarantor"),
    guarantor("organization", "guarantorOrganization"),
    guarantor("self", "guarantorSelf"),
  ],
});

/**
 * The account that MRG-3 names beside the one of PID-18. Where the event merges accounts it is no
 * more; R4 has no link for that, and `partOf` says what took its place.
 */
export const priorAccount = defineMap<Account>("priorAccount", {
  type: "Account",
  when: (reading) => {
    const prior = keyOfPrior(reading)?.value;
    return prior !== undefined && prior !== keyOfAccount(reading)?.value;
  },
  keys: [[keyOfPrior]],
  rows: [
    { to: "identifier[]", from: "MRG-3", as: identifier(accountNumber) },
    { to: "status", is: "inactive", when: isEventIn("account-merge-event") },
    { to: "status", id: "otherwise", is: "unknown" },
    { to: "subject[]", refersTo: "patient" },
    { to: "partOf", refersTo: "account", when: isEventIn("account-merge-event") },
  ],
});

function guarantor(id: string, refersTo: string): Row<"guarantor"> {
  return {
    to: "guarantor[].party",
    id,
    refersTo,
    with: [
      { to: "onHold", from: "GT1-22", as: flag },
      { to: "period.start", from: "GT1-13", as: dateTime },
      { to: "period.end", from: "GT1-14", as: dateTime },
    ],
  };
}
