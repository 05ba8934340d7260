import type { Device } from "@trestle/fhir";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { extension } from "../datatypes/extension.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { identifierSystem } from "../datatypes/identifier-system.ts";
import { dateTime } from "../datatypes/ts.ts";
import { any, has } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { KeyValue } from "../rows/key.ts";
import type { Converter } from "../rows/row.ts";
import { thePatient } from "./subject.ts";

const number = eiShape("device");
const carrier = eiShape("udi");
const donation = eiShape("donation");
const hasIssuer = any(has("PRT-16.2"), has("PRT-16.3"));

/** Parts the key of a serial number from others. */
const serial = (): KeyValue => ({ value: "serial number", name: "the kind of number" });

/** A device that has a part in what the segment stands below, PRT-10 and PRT-16 to PRT-22. */
export const partDevice = defineMap<Device>("partDevice", {
  type: "Device",
  when: any(...[10, 16, 17, 18, 19, 20, 21, 22].map((number) => has(`PRT-${number}`))),
  keys: [
    [identifierKey("PRT-10", number)],
    [identifierKey("PRT-16", carrier)],
    [identifierKey("PRT-21", donation)],
    // Makers number alike.
    [serial, "PRT-20", ["PRT-22.1", "PRT-22.2"], thePatient],
  ],
  rows: [
    { to: "identifier[]", from: "PRT-10", as: identifier(number) },
    { to: "identifier[]", id: "donation", from: "PRT-21", as: identifier(donation) },
    {
      to: "udiCarrier[].carrierHRF",
      from: ["PRT-16.1", "PRT-10.1"],
      with: [{ to: "issuer", from: "PRT-16", as: issuer, when: hasIssuer }],
    },
    { to: "distinctIdentifier", from: "PRT-21.1" },
    { to: "manufactureDate", from: "PRT-17", as: dateTime },
    { to: "expirationDate", from: "PRT-18", as: dateTime },
    { to: "lotNumber", from: "PRT-19" },
    { to: "serialNumber", from: "PRT-20" },
    { to: "type", from: "PRT-22", as: cwe },
  ],
});

/** Who gives out such device identifiers. */
function issuer(...[part, scope]: Parameters<Converter>): string {
  return identifierSystem(part, scope, carrier).system;
}

const installed = extension(
  "http://hl7.org/fhir/5.0/StructureDefinition/extension-Device.version.installDate",
  "valueDateTime",
  dateTime,
);

/**
 * SFT: software through whose hands the message went.
 *
 * @see HL7 v2.8.2, chapter 2.14.12 (SFT)
 */
export const software = defineMap<Device>("software", {
  type: "Device",
  when: has("SFT-3"),
  keys: [
    ["SFT-1.1", "SFT-3", ["SFT-2"], ["SFT-4"]],
    ["SFT-3", ["SFT-2"], ["SFT-4"]],
  ],
  rows: [
    { to: "type", is: { text: "software" } },
    { to: "manufacturer", from: "SFT-1.1" },
    {
      to: "deviceName[].name",
      from: "SFT-3",
      with: [{ to: "type", is: "manufacturer-name" }],
    },
    { to: "modelNumber", from: "SFT-4" },
    {
      to: "version[].value",
      from: "SFT-2",
      with: [{ to: "extension[]", from: "SFT-6", as: installed }],
    },
    { to: "note[].text", from: "SFT-5" },
  ],
  refersWith: [{ to: "display", from: "SFT-3" }],
});
