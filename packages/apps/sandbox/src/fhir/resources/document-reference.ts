import { extensionUrl, sharedSystems } from "@trestle/epic";
import type { Binary, DocumentReference, Extension, Identifier, Reference } from "@trestle/fhir";
import type { Chart, ChartNote } from "../../chart/chart.ts";
import type { NoteType } from "../../world/catalogue.ts";
import { noteHtml, noteRtf, summaryDocument } from "./document-text.ts";
import { type FhirSite, instant, recordId, recordKinds } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import {
  encounterReference,
  hospitalName,
  hospitalReference,
  patientReference,
  providerReference,
} from "./references.ts";
import { codeSystems, coding, concept, hl7Coding } from "./terms.ts";

type Identified = DocumentReference & { readonly id: string };

/** Notes, and a summary that another hospital has sent. Their texts are in `Binary`. */
export const documentReferences: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return [
    ...(chart.problems.some(({ isOutside }) => isOutside)
      ? [file(outsideSummary(chart, site), "External CDAs")]
      : []),
    ...chart.notes.map((note) => file(noteReference(chart, note, site), "Clinical Notes")),
  ];
};

/** The texts of the documents: each note in two forms. */
export const binaries: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return documentReferences(chart, site).flatMap(({ resource, subType }) => {
    if (resource.resourceType !== "DocumentReference") return [];
    return resource.content.map(({ attachment }) =>
      file(
        binary(chart, { url: attachment.url ?? "", type: attachment.contentType ?? "" }, site),
        subType,
      ),
    );
  });
};

function binary(
  chart: Chart,
  { url, type }: { readonly url: string; readonly type: string },
  site: FhirSite,
): Binary & { readonly id: string } {
  const id = url.replace("Binary/", "");
  const item = site.ids.read(id)?.item ?? 0;
  const text = textOf(chart, { number: String(item), type });
  return {
    resourceType: "Binary",
    id,
    contentType: type,
    data: Buffer.from(text, "utf8").toString("base64"),
  };
}

function textOf(
  chart: Chart,
  { number, type }: { readonly number: string; readonly type: string },
): string {
  if (type === "application/xml") return summaryDocument(chart);
  const note = chart.notes.find(({ id }) => id === number);
  if (note === undefined) return "";
  return type === "text/rtf" ? noteRtf(note.type) : noteHtml(note.type);
}

function noteReference(chart: Chart, note: ChartNote, site: FhirSite): Identified {
  const { person } = chart;
  const { id, type, author, at } = note;
  const by = providerReference(site, author);
  const signed = instant(at);
  return {
    resourceType: "DocumentReference",
    id: documentId(person.mrn, { kind: "note", item: Number(id) }, site),
    extension: [
      {
        valueCodeableConcept: {
          coding: [coding(site.system("authorProviderType"), "1", "Physician")],
          text: "Physician",
        },
        url: extensionUrl("clinical-note-author-provider-type"),
      },
      attester(by, signed),
    ],
    identifier: noteIdentifiers(id, site),
    status: "current",
    docStatus: "final",
    type: noteType(type, site),
    category: [concept([coding(documentCategory, "clinical-note", "Clinical Note")])],
    subject: patientReference(site, person),
    date: signed,
    author: [by],
    authenticator: {
      extension: [
        { valueDateTime: signed, url: extensionUrl("clinical-note-authentication-instant") },
      ],
      ...by,
    },
    custodian: {
      identifier: { system: "urn:ietf:rfc:3986", value: site.system("careEverywhereId") },
      display: hospitalName,
    },
    ...(type.key === "nursing" ? { securityLabel: [notForPatients] } : {}),
    content: (["html", "rtf"] as const).map((form) => ({
      attachment: {
        contentType: `text/${form}`,
        url: `Binary/${binaryId(person.mrn, { form, item: Number(id) }, site)}`,
      },
      format: sufficientFormat,
    })),
    context: {
      encounter: [encounterReference(site, chart, note.csn)],
      period: { start: signed, end: signed },
    },
  };
}

/** Who vouches for it, as R5 says it. */
function attester(party: Reference, time: string): Extension {
  const mode = coding("http://hl7.org/fhir/composition-attestation-mode", "legal", "Legal");
  return {
    extension: [
      { valueCodeableConcept: { coding: [mode] }, url: "mode" },
      { valueDateTime: time, url: "time" },
      { valueReference: party, url: "party" },
    ],
    url: "http://hl7.org/fhir/5.0/StructureDefinition/extension-DocumentReference.attester",
  };
}

function noteIdentifiers(id: string, site: FhirSite): Identifier[] {
  const system = site.system("note");
  return [
    { use: "usual", system, value: id },
    {
      use: "usual",
      system: sharedSystems.document,
      value: `${system.replace("urn:oid:", "")}_${id}`,
    },
  ];
}

/** The site's own type, the one that all sites share, and LOINC, by which it was chosen. */
function noteType({ code, name, key }: NoteType, site: FhirSite): DocumentReference["type"] {
  const [loinc, loincName] = noteLoinc[key] ?? otherNote;
  return {
    coding: [
      coding(site.system("noteType"), code, name),
      coding(sharedSystems.noteType, code, name),
      { ...coding(codeSystems.loinc, loinc, loincName), userSelected: true },
    ],
    text: name,
  };
}

function outsideSummary({ person, problems }: Chart, site: FhirSite): Identified {
  const at = Math.max(...problems.filter((each) => each.isOutside).map((each) => each.recordedAt));
  return {
    resourceType: "DocumentReference",
    id: documentId(person.mrn, { kind: "summary", item: 1 }, site),
    identifier: [{ use: "usual", system: sharedSystems.document, value: `${person.mrn}_1` }],
    status: "current",
    docStatus: "final",
    type: concept([coding(codeSystems.loinc, "34133-9", "Summarization of Episode Note")]),
    category: [concept([coding(documentCategory, "summary-document", "Summary Document")])],
    subject: patientReference(site, person),
    date: instant(at),
    custodian: hospitalReference(site),
    content: [
      {
        attachment: {
          contentType: "application/xml",
          url: `Binary/${binaryId(person.mrn, { form: "summary", item: 1 }, site)}`,
        },
        format: coding(
          "http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode",
          "urn:hl7-org:sdwg:ccda-structuredBody:2.1",
          "C-CDA R2.1 Structured Body",
        ),
      },
    ],
  };
}

function documentId(
  mrn: string,
  { kind, item }: { readonly kind: "note" | "summary"; readonly item: number },
  site: FhirSite,
): string {
  const place = { owner: Number(mrn), kind: recordKinds.DocumentReference[kind], item };
  return recordId(site, "DocumentReference", place);
}

function binaryId(
  mrn: string,
  { form, item }: { readonly form: keyof typeof recordKinds.Binary; readonly item: number },
  site: FhirSite,
): string {
  return recordId(site, "Binary", { owner: Number(mrn), kind: recordKinds.Binary[form], item });
}

const documentCategory =
  "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category";

const sufficientFormat = coding(
  "http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode",
  "urn:ihe:iti:xds:2017:mimeTypeSufficient",
  "mimeType Sufficient",
);

const notForPatients = concept([hl7Coding("v3-ActCode", "NOPAT", "no disclosure to patient")]);

const otherNote = ["34109-9", "Note"] as const;

const noteLoinc: Readonly<Record<string, readonly [code: string, name: string]>> = {
  progress: ["11506-3", "Progress note"],
  history: ["34117-2", "History and physical note"],
  discharge: ["18842-5", "Discharge summary"],
  nursing: ["34746-8", "Nurse Note"],
};
