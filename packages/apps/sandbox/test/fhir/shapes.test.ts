import type { CodeableConcept, FhirResource } from "@trestle/fhir";
import { describe, expect, test } from "vitest";
import { offeredTypes } from "../../src/fhir/capability/resource-types.ts";
import { charts } from "../support/charts.ts";

const { store } = charts({ patients: 30 });
const root = "urn:oid:1.2.840.114350.1.13.0.1";

function first<Type extends FhirResource["resourceType"]>(
  type: Type,
  fits: (resource: Extract<FhirResource, { resourceType: Type }>) => boolean = () => true,
): Extract<FhirResource, { resourceType: Type }> {
  for (const { resource } of store.all(type)) {
    const found = resource as Extract<FhirResource, { resourceType: Type }>;
    if (fits(found)) return found;
  }
  throw new Error(`there is no such ${type}`);
}

const subTypes = (type: string) => new Set([...store.all(type)].map(({ subType }) => subType));

describe("2.10 Patient", () => {
  const patient = first("Patient", ({ identifier }) => identifier?.length === 9);

  test("has its members in the order in which they are sent", () => {
    expect(Object.keys(patient)).toEqual([
      "resourceType",
      "id",
      "extension",
      "identifier",
      "active",
      "name",
      "telecom",
      "gender",
      "birthDate",
      "deceasedBoolean",
      "address",
      "maritalStatus",
      "contact",
      "communication",
      "generalPractitioner",
      "managingOrganization",
    ]);
  });

  test("2.9 extensions: stand in order, their values in front of their addresses", () => {
    const { extension = [] } = patient;
    expect(extension.map(({ url }) => url.split("/").at(-1))).toEqual([
      "legal-sex",
      "sex-for-clinical-use",
      "us-core-race",
      "us-core-ethnicity",
      "us-core-sex",
      "calculated-pronouns-to-use-for-text",
    ]);
    expect(extension.map((each) => Object.keys(each).at(-1))).toEqual(extension.map(() => "url"));
  });

  test("2.8 identifiers: have their types and systems", () => {
    expect(patient.identifier?.map(({ type, system }) => [type?.text, system])).toEqual([
      ["CEID", `${root}.7.3.688884.100`],
      ["EPIC", `${root}.7.5.737384.0`],
      ["EXTERNAL", `${root}.7.2.698084`],
      ["FHIR", "http://open.epic.com/FHIR/StructureDefinition/patient-dstu2-fhir-id"],
      ["FHIR STU3", "http://open.epic.com/FHIR/StructureDefinition/patient-fhir-id"],
      ["INTERNAL", `${root}.7.2.698084`],
      ["EPI", `${root}.7.5.737384.14`],
      ["MYCHARTLOGIN", `${root}.7.3.878082.110`],
      ["WPRINTERNAL", `${root}.7.2.878082`],
    ]);
    const values = new Map(patient.identifier?.map(({ type, value }) => [type?.text, value]));
    expect(values.get("INTERNAL")).toBe(`     ${values.get("EXTERNAL")}`);
    expect(values.get("FHIR STU3")).toBe(patient.id);
    expect(values.get("FHIR")).toMatch(/^T.{43}B$/u);
  });

  test("2.8 identifiers: the record number's type is called what the site calls it", () => {
    const other = charts({ patients: 1, switches: { mrnTypeText: "LAKESHORE MRN" } });
    expect(JSON.stringify([...other.store.all("Patient")])).toContain(
      `{"text":"LAKESHORE MRN"},"system":"${root}.7.5.737384.14"`,
    );
  });
});

describe("2.10 shapes", () => {
  test("Encounter: class is Epic's own, types are patient class and encounter type", () => {
    const visit = first("Encounter", ({ hospitalization }) => hospitalization !== undefined);
    expect(visit.class).toMatchObject({
      system: "urn:oid:1.2.840.114350.1.72.1.7.7.10.696784.13260",
      code: "4",
      display: "HOV",
    });
    const systems = visit.type?.map(({ coding }) => coding?.[0]?.system);
    expect(systems).toEqual([`${root}.7.10.698084.10110`, `${root}.7.10.698084.30`]);
    expect(visit.identifier?.[0]).toMatchObject({ use: "usual", system: `${root}.7.3.698084.8` });
    expect(visit.account).toEqual([
      {
        identifier: {
          use: "usual",
          system: `${root}.7.2.726582`,
          value: visit.identifier?.[0]?.value,
        },
        display: visit.subject?.display?.toUpperCase().replace(", ", ","),
      },
    ]);
    expect(visit.location?.at(-1)?.location.display).toBe("Lakeshore Health System");
  });

  test("Condition of an encounter: two categories, three code systems, a version of the status", () => {
    const { clinicalStatus, category, code, recordedDate } = first(
      "Condition",
      ({ encounter, evidence }) => encounter !== undefined && evidence !== undefined,
    );
    expect(clinicalStatus?.coding?.[0]?.version).toBe("4.0.0");
    expect(category?.map(({ coding }) => coding?.[0]?.code)).toEqual([
      "encounter-diagnosis",
      "visit-diagnosis",
    ]);
    expect(code?.coding?.map(({ system }) => system)).toEqual([
      "http://snomed.info/sct",
      "http://hl7.org/fhir/sid/icd-9-cm",
      "http://hl7.org/fhir/sid/icd-10-cm",
    ]);
    expect(recordedDate).toMatch(/^\d{4}-\d\d-\d\d$/u);
  });

  test("Condition of the problem list: has the vendor's term, and no encounter", () => {
    const problem = first(
      "Condition",
      ({ category }) => category?.[0]?.coding?.[0]?.code === "problem-list-item",
    );
    expect(problem.code?.coding?.at(-1)?.system).toBe("urn:oid:2.16.840.1.113883.3.247.1.1");
    expect(problem).not.toHaveProperty("encounter");
  });

  test("MedicationRequest: refers to its drug and gives the dose three times", () => {
    const request = first("MedicationRequest", ({ status }) => status === "active");
    expect(request).not.toHaveProperty("medicationCodeableConcept");
    expect(request.medicationReference?.display).toBeDefined();
    const [dosage] = request.dosageInstruction ?? [];
    expect(dosage?.doseAndRate?.map(({ type }) => type?.text)).toEqual([
      "calculated",
      "admin-amount",
      "ordered",
    ]);
    expect(dosage?.text).toMatch(
      /, Starting (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+\/\d+\/\d{4}, Until /u,
    );
  });

  test("Observation of the laboratory: two categories, LOINC and the component's own code", () => {
    const lab = first(
      "Observation",
      ({ basedOn, interpretation }) => basedOn !== undefined && interpretation !== undefined,
    );
    expect(Object.keys(lab.interpretation?.[0] ?? {})).toEqual(["text"]);
    expect([lab.specimen, lab.effectiveDateTime, lab.issued]).not.toContain(undefined);
    expect(lab.basedOn?.[0]?.reference).toMatch(/^ServiceRequest\//u);
    expect(lab.code.coding?.[0]?.system).toBe("http://loinc.org");
    expect(lab.category?.map(({ coding }) => coding?.[0]?.code)).toEqual(["laboratory", "Lab"]);
    expect(lab.code.coding?.at(-1)?.system).toBe(`${root}.7.2.768282`);
    expect(lab.referenceRange?.[0]?.text).toMatch(/^[\d.]+ - [\d.]+/u);
  });

  test("Observation of vital signs: codes in order, blood pressure in components", () => {
    const pressure = first("Observation", ({ component }) => component !== undefined);
    expect(pressure.extension?.[0]).toMatchObject({
      valueIdentifier: { system: `${root}.7.2.707684` },
      url: "http://open.epic.com/FHIR/StructureDefinition/extension/template-id",
    });
    expect(pressure.code.coding?.map(({ system, code }) => `${system}|${code}`)).toEqual([
      `${root}.7.2.707679|5`,
      expect.stringMatching(/observation-flowsheet-id\|t.{22}0$/u),
      "urn:oid:1.2.246.537.6.96|55284-4",
      "http://loinc.org|55284-4",
      "http://loinc.org|85354-9",
      "http://loinc.org|8716-3",
    ]);
    expect(pressure.component?.map(({ code }) => code.coding?.[0]?.code)).toEqual([
      "8480-6",
      "8462-4",
    ]);
    expect(pressure.performer?.[0]).not.toHaveProperty("type");
  });

  test("DiagnosticReport: names the order as its placer, and components by number", () => {
    const report = first("DiagnosticReport");
    expect(report.identifier?.[0]).toMatchObject({
      use: "official",
      system: `${root}.7.2.798268`,
    });
    expect(report.identifier?.[0]?.type?.coding?.[0]?.code).toBe("PLAC");
    expect(report.code.coding?.map(({ system }) => system)).toEqual([
      `${root}.7.2.696580`,
      "http://loinc.org",
    ]);
    expect(report.result?.[0]?.display).toMatch(/^Component \(1\): /u);
  });

  test("names of tests, procedures and plans are as a hospital writes them", () => {
    const names = new Set(
      ["DiagnosticReport", "ServiceRequest", "Procedure", "Coverage"].flatMap((type) =>
        [...store.all(type)].flatMap(({ resource }) => {
          if (resource.resourceType === "Coverage") return resource.class?.[0]?.name ?? [];
          return "code" in resource ? ((resource.code as CodeableConcept).text ?? []) : [];
        }),
      ),
    );
    expect([...names].toSorted()).toEqual([
      "Appendectomy, Laparoscopic",
      "Basic Metabolic Panel",
      "CBC with Platelets",
      "Colonoscopy",
      "EKG 12-Lead",
      "Harbor Choice PPO",
      "Hemoglobin A1c",
      "Lakeland Senior Advantage",
      "Lipid Panel",
      "Prairie Care HMO",
      "TSH",
      "Total Knee Arthroplasty",
      "Troponin T",
      "XR Chest 2 Views",
    ]);
  });

  test("DocumentReference: a note as html and as rtf, both by address", () => {
    const note = first("DocumentReference", ({ content }) => content.length === 2);
    expect(note.type?.coding?.at(-1)).toMatchObject({
      system: "http://loinc.org",
      userSelected: true,
    });
    const attachments = note.content.map(({ attachment }) => attachment);
    expect(attachments.map(({ contentType }) => contentType)).toEqual(["text/html", "text/rtf"]);
    expect(attachments.filter(({ data }) => data !== undefined)).toEqual([]);
    const texts = attachments.map(({ url = "" }) => {
      const binary = store.read("Binary", url.replace("Binary/", ""))?.resource;
      const data = binary?.resourceType === "Binary" ? binary.data : undefined;
      return Buffer.from(data ?? "", "base64").toString("utf8");
    });
    expect(texts[0]).toMatch(/^<html>.*<p>/u);
    expect(texts[1]).toMatch(/^\{\\rtf1/u);
  });

  test("Immunization: CVX and NDC without displays, and the hospital's own codes", () => {
    const { vaccineCode, ...given } = first("Immunization");
    expect(Object.keys(given.manufacturer ?? {})).toEqual(["display"]);
    expect(given.primarySource).toBeTypeOf("boolean");
    expect([given.site, given.route].map((each) => each?.coding?.[0]?.system)).toEqual([
      `${root}.7.10.768076.4040`,
      `${root}.7.10.768076.4030`,
    ]);
    expect(given.doseQuantity?.system).toBe(`${root}.7.10.768076.4019`);
    expect(vaccineCode.coding?.map(({ system, display }) => [system, display])).toEqual([
      ["http://hl7.org/fhir/sid/cvx", undefined],
      ["http://hl7.org/fhir/sid/ndc", undefined],
    ]);
  });

  test("Procedure: an order has its numbers by kind, a SNOMED category and a code of CPT", () => {
    const ordered = first("Procedure", ({ category }) => category?.text === "Ordered Procedures");
    expect(ordered.identifier?.map(({ type }) => type?.text)).toContain("ORD");
    expect(ordered.category?.coding?.[0]?.system).toBe("http://snomed.info/sct");
    const systems = ordered.code?.coding?.map(({ system = "" }) => system) ?? [];
    expect(systems).toContain("http://www.ama-assn.org/go/cpt");
  });

  test("AllergyIntolerance: what is not on file is a code, and unconfirmed", () => {
    const none = first(
      "AllergyIntolerance",
      ({ code }) => code?.coding?.[0]?.code === "1631000175102",
    );
    expect(none.verificationStatus?.coding?.[0]?.code).toBe("unconfirmed");
    expect(none.clinicalStatus).not.toHaveProperty("text");
  });
});

describe("2.8 references", () => {
  // Provenance tells of a resource by nothing but its address.
  const types = offeredTypes.map(({ type }) => type).filter((type) => type !== "Provenance");

  test.each(types)("2.8 references: of %s are relative, with a display", (type) => {
    const wrong = [...store.all(type)].flatMap(({ resource }) =>
      referencesIn(resource).filter(
        ({ reference, display }) => !/^[A-Z]\w+\/[\w.-]+$/u.test(reference) || !display,
      ),
    );
    expect(wrong).toEqual([]);
  });

  test("2.8 references: of an encounter have its contact serial number and type", () => {
    const { encounter } = first("Condition", (each) => each.encounter !== undefined);
    const [, id = ""] = encounter?.reference?.split("/") ?? [];
    const visit = store.read("Encounter", id)?.resource;
    expect(visit?.resourceType === "Encounter" && visit.identifier).toEqual([
      encounter?.identifier,
    ]);
    expect(visit?.resourceType === "Encounter" && visit.type?.[1]?.text).toBe(encounter?.display);
  });

  test("2.8 references: of providers have their type, but for who measured", () => {
    const { participant } = first("Encounter");
    expect(participant?.[0]?.individual?.type).toBe("Practitioner");
  });
});

interface Referring {
  readonly reference: string;
  readonly display?: string;
}

function referencesIn(value: unknown): readonly Referring[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "reference" in value && typeof value.reference === "string";
  return [...(own ? [value as Referring] : []), ...Object.values(value).flatMap(referencesIn)];
}

describe("2.2 Observation.category", () => {
  const observed = [...store.all("Observation")].flatMap(({ resource }) =>
    resource.resourceType === "Observation" ? resource : [],
  );

  test.each([
    ["laboratory", "Labs"],
    ["imaging", "Labs"],
    ["vital-signs", "Vitals"],
    ["social-history", "Smoking History"],
    ["core-characteristics", "Core Characteristics"],
    ["LDA", "LDA-W"],
    ["LDA-property", "LDA-W"],
    ["LDA-assessment", "LDA-W"],
    ["labor-delivery", "Obstetric Details"],
    ["newborn-delivery", "Obstetric Details"],
    ["obstetrics-gynecology", "Obstetric Details"],
    ["functional-mental-status", "SmartData"],
    ["periodontal", "SmartData"],
    ["survey", "SmartData"],
    ["sdoh", "SmartData"],
  ])("%s: is on charts, behind the API of %s", (category, subType) => {
    const own = [...store.all("Observation")].filter(({ resource }) =>
      JSON.stringify(resource).includes(`"code":"${category}"`),
    );
    expect(new Set(own.map((each) => each.subType))).toContain(subType);
  });

  test("LDA: a line has its property and its assessment as members", () => {
    const line = observed.find(({ hasMember }) => hasMember !== undefined);
    const members = line?.hasMember?.map(({ reference = "" }) =>
      store.read("Observation", reference.replace("Observation/", "")),
    );
    const categories = members?.map((each) =>
      each?.resource.resourceType === "Observation"
        ? each.resource.category?.[0]?.coding?.[0]?.code
        : undefined,
    );
    expect(categories).toEqual(["LDA-property", "LDA-assessment"]);
  });
});

test("2.12 a thick chart: has more vital signs than fit on a page", () => {
  const counts = [...store.all("Patient")].map(({ resource }) => {
    const filed = store.ofPatient("Observation", resource.id);
    return filed.filter(({ subType }) => subType === "Vitals").length;
  });
  expect(counts.filter((count) => count > 1000)).toHaveLength(1);
});

describe("2.3 sub-types", () => {
  test("are told apart, with those of outside records", () => {
    expect(subTypes("Condition")).toEqual(
      new Set(["Problems", "Outside Record Problems", "Health Concern", "Encounter Diagnosis"]),
    );
    expect(subTypes("Observation")).toEqual(
      new Set([
        "Vitals",
        "Labs",
        "LDA-W",
        "Smoking History",
        "Core Characteristics",
        "Obstetric Details",
        "SmartData",
        "Outside Record Results",
        "Outside Record Vital Signs",
      ]),
    );
    expect(subTypes("Procedure")).toEqual(new Set(["Orders", "Surgeries", "Outside Record"]));
    expect(subTypes("DocumentReference")).toEqual(new Set(["Clinical Notes", "External CDAs"]));
    expect(subTypes("Immunization")).toEqual(new Set(["Patient Chart", "Outside Record"]));
  });
});
