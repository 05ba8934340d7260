import type { CodeableConcept, Device } from "@trestle/fhir";
import { Repetition } from "@trestle/hl7v2";
import { universalIdentifier } from "../datatypes/universal-identifier.ts";
import { codedReference } from "../datatypes/coded-reference.ts";
import { localSystem } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { extension } from "../datatypes/extension.ts";
import { identifier, identifierKey, keyOf } from "../datatypes/identifier.ts";
import { identifierSystem } from "../datatypes/identifier-system.ts";
import { dateTime } from "../datatypes/ts.ts";
import { build } from "../rows/build.ts";
import { anyOf, has } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { textIn } from "../rows/part.ts";
import { placeOf } from "../rows/place.ts";
import type { Converter } from "../rows/row.ts";
import { thePatient } from "./subject.ts";
import { udi, unlessOfModel } from "./udi.ts";

const number = eiShape("device");
const carrier = eiShape("udi");
const donation = eiShape("donation");
const hasIssuer = anyOf(has("PRT-16.2"), has("PRT-16.3"));

const numbered = identifier(number);

/** EI of a device: its number, or where it has none the universal id that stands for it, as it is. */
const deviceNumber: Converter = (part, scope, lookup) => {
  const made = numbered(part, scope, lookup) ?? universalIdentifier(part, number);
  const value = textIn(part, 3);
  if (made !== undefined || value === undefined) return made;
  return { system: localSystem(scope, "device"), value };
};

/** Parts the key of a serial number from others. */
const serial = (): KeyValue => ({ value: "serial number", name: "the kind of number" });

const modelKeys = [identifierKey("PRT-16", carrier), identifierKey("PRT-10", number)];

/** A device that has a part in what the segment stands below, PRT-10 and PRT-16 to PRT-22. */
export const partDevice = defineMap<Device>("partDevice", {
  type: "Device",
  when: anyOf(...[10, 16, 17, 18, 19, 20, 21, 22].map((number) => has(`PRT-${number}`))),
  keys: [
    [unlessOfModel(identifierKey("PRT-10", number), "PRT-10")],
    [unlessOfModel(identifierKey("PRT-16", carrier), "PRT-16")],
    [identifierKey("PRT-21", donation)],
    ...modelKeys.flatMap((model) => [
      [model, serial, "PRT-20"],
      [model, ["PRT-19"], thePatient],
    ]),
    // Makers number alike.
    [serial, "PRT-20", ["PRT-22.1", "PRT-22.2"], thePatient],
  ],
  adds: [
    "udiCarrier",
    "distinctIdentifier",
    "manufactureDate",
    "expirationDate",
    "lotNumber",
    "serialNumber",
    "type",
  ],
  rows: [
    { to: "identifier[]", from: "PRT-10", as: deviceNumber },
    { to: "identifier[]", id: "donation", from: "PRT-21", as: identifier(donation) },
    {
      to: "udiCarrier[].carrierHRF",
      from: ["PRT-16.1", "PRT-10.1"],
      as: udi,
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

/** OBX-18: what measured. Several numbers name one thing, such as an analyzer and its module. */
export const equipment: Converter = (part, scope, lookup) => {
  const isOne = part instanceof Repetition && part.field.repetitions.length === 1;
  if (!isOne) return build(equipmentMap, { scope })?.reference;
  const made = deviceNumber(part, scope, lookup);
  return made === undefined ? undefined : { identifier: made };
};

const equipmentMap = defineMap<Device>("equipment", {
  type: "Device",
  keys: [[allNumbers]],
  rows: [{ to: "identifier[]", from: "OBX-18", as: deviceNumber }],
});

function allNumbers({ scope }: Reading): KeyValue | undefined {
  const { parts } = scope.find(placeOf("OBX-18"));
  const numbers = parts.map((part) => keyOf(part, scope, number) ?? part.raw);
  const [part] = parts;
  return part && { value: numbers.join(" "), part };
}

/** ORC-18: where an order was entered. A second code or name of it makes a Device, which has room for both. */
export const enteringDevice: Converter = (part, scope, lookup) => {
  const isNamedTwice = textIn(part, 4) !== undefined || textIn(part, 5) !== undefined;
  const made = isNamedTwice ? build(enteringDeviceMap, { scope, part }) : undefined;
  return made?.reference ?? codedReference(part, scope, lookup);
};

const callName = [{ to: "type", is: "user-friendly-name" }] as const;

const enteringDeviceMap = defineMap<Device>("enteringDevice", {
  type: "Device",
  keys: [[allCodes]],
  rows: [
    { to: "identifier[]", from: 0, as: codesAsNumbers },
    { to: "deviceName[].name", from: [9, 2], with: callName },
    { to: "deviceName[].name", id: "alternate", from: 5, with: callName },
  ],
  refersWith: [{ to: "display", from: [9, 2, 5] }],
});

function allCodes({ scope, part }: Reading): KeyValue | undefined {
  const numbers = part === undefined ? [] : codesAsNumbers(part, scope, {});
  const value = numbers.map((each) => `${each.system}|${each.value}`).join(" ");
  return part && { value: value || part.raw, part };
}

function codesAsNumbers(...[part, scope]: Parameters<Converter>) {
  const { coding = [] } = (cwe(part, scope, {}) ?? {}) as CodeableConcept;
  return coding.flatMap(({ system, code }) =>
    system === undefined || code === undefined ? [] : [{ system, value: code }],
  );
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
