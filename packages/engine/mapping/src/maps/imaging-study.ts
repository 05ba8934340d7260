import type { Identifier, ImagingStudy } from "@trestle/fhir";
import { coding } from "../datatypes/code.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { anyOf, has } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";

const accession = eiShape("ACSN");

/**
 * The study that an imaging order will be kept under.
 *
 * @see HL7 v2.8.2, chapter 4.5.6 (IPC)
 */
export const imagingStudy = defineMap<ImagingStudy>("imagingStudy", {
  type: "ImagingStudy",
  when: anyOf(has("IPC-1"), has("IPC-3")),
  keys: [["IPC-3.1"], [identifierKey("IPC-1", accession)]],
  needs: ["subject"],
  rows: [
    { to: "identifier[]", id: "study", from: "IPC-3", as: studyUid },
    { to: "identifier[]", id: "accession", from: "IPC-1", as: identifier(accession) },
    { to: "status", is: "registered" },
    { to: "modality[]", from: "IPC-5", as: coding, table: "modality" },
    { to: "subject", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "basedOn[]", refersTo: "serviceRequest" },
  ],
});

/** @see FHIR R4, ImagingStudy.identifier: the study's UID is an OID under urn:dicom:uid */
function studyUid(...[part]: Parameters<Converter>): Identifier | undefined {
  const uid = textIn(part, 1);
  return uid === undefined ? undefined : { system: "urn:dicom:uid", value: `urn:oid:${uid}` };
}
