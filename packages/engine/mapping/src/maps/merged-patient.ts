import type { Patient } from "@trestle/fhir";
import { identifier } from "../datatypes/identifier.ts";
import { xpnWithCallName } from "../datatypes/xpn.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { eventOf } from "./event.ts";
import { patientKeys, patientPlaces, patientShape } from "./patient-identity.ts";

/** The number of the patient that is no more; MRG-4 is from before version 2.3.1. */
export const mergedPlaces = ["MRG-1", "MRG-4"];

/** The patient who is replaced by the one of PID. */
export const mergedPatient = defineMap<Patient>("mergedPatient", {
  type: "Patient",
  when: (reading) => {
    const merged = mergedNumber(reading)?.value;
    const survivor = patientKeys(reading.scope, patientPlaces)?.first.value;
    return isMerge(reading) && merged !== undefined && merged !== survivor;
  },
  keys: [[mergedNumber]],
  rows: [
    { to: "identifier[]", from: "MRG-1", as: identifier(patientShape) },
    { to: "identifier[]", id: "older", from: "MRG-4", as: identifier(patientShape) },
    { to: "active", is: false },
    { to: "name[]", from: "MRG-7", as: xpnWithCallName },
    { to: "link[].other", refersTo: "patient", with: [{ to: "type", is: "replaced-by" }] },
  ],
});

/** Whether the event merges patients; others move visits, accounts or numbers. */
export function isMerge(reading: Reading): boolean {
  return reading.scope.draft.site.tables.find("merge-event", eventOf(reading)) !== undefined;
}

function mergedNumber({ scope }: Reading): KeyValue | undefined {
  return patientKeys(scope, mergedPlaces)?.first;
}
