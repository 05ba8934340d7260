import type { FhirResource } from "@trestle/fhir";
import { uuidOf } from "../search/outcome-id.ts";
import type { Filed } from "../store.ts";
import type { Answer } from "./exchange.ts";
import { checkVisible, missing } from "./read.ts";
import { type Visit, shown } from "./visit.ts";

/**
 * `GET Patient/id/$summary`: a document of the patient with what client and user may read of
 * problems, allergies, medications, immunizations, results and procedures.
 *
 * @see International Patient Summary, HL7 FHIR IG 1.1
 */
export function summary(visit: Visit, id: string): Answer {
  const { access, server, ask } = visit;
  access.needs({ type: "Patient", operation: "$summary" });
  const patient = server.parts.store.read("Patient", id);
  if (patient === undefined) throw missing(visit, "Patient", id);
  checkVisible(visit, patient);
  const parts = sections.map((section) => ({ ...section, filed: filedFor(visit, section, id) }));
  const timestamp = new Date(server.parts.clock.now()).toISOString();
  const composition = {
    resourceType: "Composition",
    status: "final",
    type: { coding: [{ system: loinc, code: "60591-5", display: "Patient summary Document" }] },
    subject: { reference: `Patient/${id}` },
    date: timestamp,
    author: [{ display: "User Interconnect" }],
    title: "Patient Summary",
    section: parts.map(({ title, code, filed }) => sectionOf({ title, code }, filed)),
  };
  const entry = [
    { fullUrl: `urn:uuid:${uuidOf(server.parts.random)}`, resource: composition },
    ...[patient, ...parts.flatMap(({ filed }) => filed)].map((each) => ({
      fullUrl: `${ask.base}/${each.resource.resourceType}/${each.resource.id}`,
      resource: shown(visit, each),
    })),
  ];
  return {
    status: 200,
    body: { resource: { resourceType: "Bundle", type: "document", timestamp, entry } },
  };
}

interface Section {
  readonly title: string;
  readonly code: string;
  readonly type: FhirResource["resourceType"];
  readonly subTypes?: readonly string[];
}

function filedFor(
  { access, server }: Visit,
  { type, subTypes }: Section,
  id: string,
): readonly Filed[] {
  return server.parts.store
    .ofPatient(type, id)
    .filter(
      ({ subType }) =>
        (subTypes === undefined || subTypes.includes(subType)) &&
        access.mayUse({ type, operation: "Read", subType }) &&
        !access.isHidden(type, subType),
    );
}

function sectionOf(
  { title, code }: Pick<Section, "title" | "code">,
  filed: readonly Filed[],
): object {
  const entry = filed.map(({ resource }) => ({
    reference: `${resource.resourceType}/${resource.id}`,
  }));
  const said = { title, code: { coding: [{ system: loinc, code }] } };
  return entry.length === 0 ? { ...said, emptyReason: nothingKnown } : { ...said, entry };
}

const nothingKnown = {
  coding: [
    { system: "http://terminology.hl7.org/CodeSystem/list-empty-reason", code: "unavailable" },
  ],
};

const loinc = "http://loinc.org";

const sections: readonly Section[] = [
  { title: "Problem List", code: "11450-4", type: "Condition", subTypes: ["Problems"] },
  { title: "Allergies and Intolerances", code: "48765-2", type: "AllergyIntolerance" },
  { title: "Medications", code: "10160-0", type: "MedicationRequest" },
  { title: "Immunizations", code: "11369-6", type: "Immunization" },
  { title: "Results", code: "30954-2", type: "Observation", subTypes: ["Labs"] },
  { title: "Procedures", code: "47519-4", type: "Procedure" },
];
