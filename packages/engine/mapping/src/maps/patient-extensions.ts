import type { Patient } from "@trestle/fhir";
import { cwe } from "../datatypes/cwe.ts";
import { extension } from "../datatypes/extension.ts";
import { nestedExtension } from "../datatypes/nested-extension.ts";
import { xpnLine } from "../datatypes/xpn.ts";
import { textIn, textOf } from "../rows/part.ts";
import type { Converter, Row } from "../rows/row.ts";
import { noteExtension } from "./note-extension.ts";
import { ethnicity, race } from "./us-core.ts";

const standard = "http://hl7.org/fhir/StructureDefinition";

/** What R4 keeps of a person in extensions. */
export const patientExtensions: readonly Row<keyof Patient>[] = [
  { to: "extension[]", id: "race", from: "PID-10", as: race, table: "race" },
  { to: "extension[]", id: "ethnicity", from: "PID-22", as: ethnicity, table: "ethnicity" },
  translated("religion", "PID-17", "religion"),
  translated("disability", "PD1-6", "disability"),
  translated("importance", "PV1-16", "vip"),
  {
    to: "extension[]",
    id: "mothersMaidenName",
    from: "PID-6",
    as: extension(`${standard}/patient-mothersMaidenName`, "valueString", xpnLine),
  },
  {
    to: "extension[]",
    id: "birthPlace",
    from: "PID-23",
    as: extension(`${standard}/patient-birthPlace`, "valueAddress", textAddress),
  },
  {
    to: "extension[]",
    id: "congregation",
    from: "PD1-14",
    as: extension(`${standard}/patient-congregation`, "valueString", organizationName),
  },
  coded("citizenship", "PID-26"),
  coded("nationality", "PID-28"),
  { ...coded("citizenship", "PID-39"), id: "tribal" },
  animal("species", "PID-35"),
  animal("breed", "PID-36"),
  noteExtension,
];

function translated(name: string, from: string, table: string): Row<"extension"> {
  const as = extension(`${standard}/patient-${name}`, "valueCodeableConcept", cwe);
  return { to: "extension[]", id: name, from, as, table, isPartial: true };
}

function coded(name: string, from: string): Row<"extension"> {
  const as = nestedExtension(`${standard}/patient-${name}`, "code", "valueCodeableConcept", cwe);
  return { to: "extension[]", id: name, from, as };
}

function animal(name: string, from: string): Row<"extension"> {
  const as = nestedExtension(`${standard}/patient-animal`, name, "valueCodeableConcept", cwe);
  return { to: "extension[]", id: name, from, as };
}

function textAddress(...[part]: Parameters<Converter>): unknown {
  const text = textOf(part);
  return text === undefined ? undefined : { text };
}

function organizationName(...[part]: Parameters<Converter>): unknown {
  return textIn(part, 1) ?? textIn(part, 10);
}
