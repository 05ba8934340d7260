import type { CodeableConcept, Organization } from "@trestle/fhir";
import { codedReference } from "../datatypes/coded-reference.ts";
import { cwe } from "../datatypes/cwe.ts";
import { xad } from "../datatypes/xad.ts";
import { xtn } from "../datatypes/xtn.ts";
import { build } from "../rows/build.ts";
import { anyOf, has } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import type { Converter } from "../rows/row.ts";

/** RXE-40, with the address in RXE-41 and the phone in RXE-45. */
export const dispensingPharmacy = pharmacyAt("dispensingPharmacy", "RXE-41", "RXE-45");

/** RXD-30, with the address in RXD-31 and the phone in RXD-34. */
export const dispenseToPharmacy = pharmacyAt("dispenseToPharmacy", "RXD-31", "RXD-34");

/** RXG-27, with the address in RXG-28. */
export const givePharmacy = pharmacyAt("givePharmacy", "RXG-28");

/** A pharmacy as an Organization where more is told of it than its code and name. */
function pharmacyAt(map: string, address: string, phone?: string): Converter {
  const definition = defineMap<Organization>(map, {
    type: "Organization",
    when: anyOf(...[address, phone ?? []].flat().map(has)),
    keys: [[codeOf]],
    rows: [
      { to: "identifier[]", from: 0, as: codeIdentifier },
      { to: "name", from: [9, 2, 1] },
      { to: "address[]", from: address, as: xad },
      ...(phone === undefined ? [] : [{ to: "telecom[]", from: phone, as: xtn("work") } as const]),
    ],
    refersWith: [
      { to: "identifier", from: 0, as: codeIdentifier },
      { to: "display", from: [9, 2] },
    ],
  });
  return (part, scope, lookup) =>
    build(definition, { scope, part })?.reference ?? codedReference(part, scope, lookup);
}

function codeOf({ scope, part }: Reading): KeyValue | undefined {
  const coding = part && codingOf(part, scope);
  if (coding === undefined || part === undefined) return undefined;
  return { value: `${coding.system}|${coding.code}`, part };
}

function codeIdentifier(...[part, scope]: Parameters<Converter>): unknown {
  const { system, code } = codingOf(part, scope) ?? {};
  return code && { system, value: code };
}

function codingOf(...[part, scope]: [Parameters<Converter>[0], Parameters<Converter>[1]]) {
  const made = cwe(part, scope, {}) as CodeableConcept | undefined;
  return made?.coding?.find(({ system, code }) => system !== undefined && code !== undefined);
}
