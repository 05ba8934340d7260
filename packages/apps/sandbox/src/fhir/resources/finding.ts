import { extensionUrl } from "@trestle/epic";
import type { CodeableConcept, Observation, Reference } from "@trestle/fhir";
import type { Chart, Delivery, Done, Exam, Line } from "../../chart/chart.ts";
import type { ProcedureKind } from "../../world/procedures.ts";
import type { Filed } from "../store.ts";
import { type FhirSite, instant, type recordKinds } from "./fhir-site.ts";
import { fileFor } from "./filed.ts";
import { observationCategory, observationId, ownCategory } from "./personal-observation.ts";
import { encounterReference, patientReference, providerReference } from "./references.ts";
import { codeSystems, coding, concept } from "./terms.ts";

type Identified = Observation & { readonly id: string };

/** What was found of few: lines with their parts, births, what was probed, pictures that were read. */
export function findings(chart: Chart, site: FhirSite): readonly Filed[] {
  const file = fileFor(chart, site);
  return [
    ...chart.lines.flatMap((line) =>
      lineObservations(chart, line, site).map((each) => file(each, "LDA-W")),
    ),
    ...chart.deliveries.flatMap((delivery) =>
      birthObservations(chart, delivery, site).map((each) => file(each, "Obstetric Details")),
    ),
    ...chart.exams.map((exam) => file(examined(chart, exam, site), "SmartData")),
    ...chart.procedures.flatMap((done) => {
      const { kind, isOutside } = done;
      if (kind.reading === undefined) return [];
      const read = imaging(chart, { done, reading: kind.reading }, site);
      return file(read, isOutside ? "Outside Record Results" : "Labs");
    }),
  ];
}

/** The line itself, which has its property and its assessment as members. */
function lineObservations(chart: Chart, line: Line, site: FhirSite): readonly Identified[] {
  const common = { item: line.number, at: line.at, csn: line.csn };
  const property: Identified = {
    ...begun(chart, { ...common, kind: "lineProperty" }, site),
    category: [ownCategory("LDA-property", "LDA Property")],
    code: { text: "Size (Gauge)" },
    valueString: gauges[Number(line.csn) % gauges.length] ?? gauges[0],
  };
  const assessment: Identified = {
    ...begun(chart, { ...common, kind: "lineAssessment", at: line.at + 8 * hourMs }, site),
    category: [ownCategory("LDA-assessment", "LDA Assessment")],
    code: { text: "Site Assessment" },
    valueString: "Clean;Dry;Intact",
  };
  const whole: Identified = {
    ...begun(chart, { ...common, kind: "line" }, site),
    category: [ownCategory("LDA", "LDA")],
    code: concept(
      [coding(codeSystems.snomed, "82449006", "Peripheral intravenous catheter")],
      "Peripheral IV",
    ),
    valueString: `Peripheral IV ${line.site}`,
    bodySite: { text: line.site },
    hasMember: [property, assessment].map(memberOf),
  };
  return [whole, property, assessment];
}

function memberOf({ id, code }: Identified): Reference {
  return { reference: `Observation/${id}`, ...(code.text && { display: code.text }) };
}

/** How a child was borne, and how it was: on the chart of the mother, about the child. */
function birthObservations(chart: Chart, given: Delivery, site: FhirSite): readonly Identified[] {
  const { number, at, isCesarean, weightGrams, apgar } = given;
  const common = { at, by: chart.person.primaryCare };
  const ofChild = (part: number) => ({
    ...begun(chart, { ...common, kind: "newborn", item: number * 2 + part }, site),
    category: [ownCategory("newborn-delivery", "Newborn Delivery")],
    focus: [{ display: "Newborn" }],
  });
  return [
    {
      ...begun(chart, { ...common, kind: "delivery", item: number }, site),
      category: [ownCategory("labor-delivery", "Labor and Delivery")],
      code: concept([coding(codeSystems.loinc, "72149-8", "Delivery method")]),
      valueCodeableConcept: isCesarean ? cesarean : vaginal,
    },
    {
      ...ofChild(0),
      code: concept([coding(codeSystems.loinc, "8339-4", "Birth weight Measured")]),
      valueQuantity: { value: weightGrams, unit: "g", system: codeSystems.ucum, code: "g" },
    },
    {
      ...ofChild(1),
      code: concept([coding(codeSystems.loinc, "9274-2", "5 minute Apgar Score")]),
      valueQuantity: { value: apgar },
    },
  ];
}

function examined(chart: Chart, exam: Exam, site: FhirSite): Identified {
  const by = chart.person.primaryCare;
  const { number: item, at, csn, value } = exam;
  const base = begun(chart, { kind: "exam", item, at, csn, by }, site);
  return exam.kind === "cognition"
    ? {
        ...base,
        category: [ownCategory("functional-mental-status", "Functional Mental Status")],
        code: concept([coding(codeSystems.loinc, "72233-0", "Total score [Mini-Cog]")]),
        valueQuantity: { value },
      }
    : {
        ...base,
        category: [ownCategory("periodontal", "Periodontal")],
        code: probingDepth,
        valueQuantity: { value, unit: "mm", system: codeSystems.ucum, code: "mm" },
      };
}

function imaging(
  chart: Chart,
  {
    done,
    reading,
  }: { readonly done: Done; readonly reading: NonNullable<ProcedureKind["reading"]> },
  site: FhirSite,
): Identified {
  const { orderId, csn, by } = done;
  const at = done.at + hourMs;
  return {
    ...begun(chart, { kind: "imaging", item: Number(orderId), at, csn, by }, site),
    category: [observationCategory("imaging", "Imaging")],
    code: concept([coding(codeSystems.loinc, reading.loinc, reading.name)]),
    valueString: reading.text,
  };
}

interface Begun {
  readonly kind: keyof typeof recordKinds.Observation;
  readonly item: number;
  readonly at: number;
  readonly csn?: string;
  readonly by?: Done["by"];
}

function begun(chart: Chart, { kind, item, at, csn, by }: Begun, site: FhirSite) {
  const { person } = chart;
  return {
    resourceType: "Observation",
    id: observationId(chart, site, { kind, item }),
    status: "final",
    subject: patientReference(site, person),
    ...(csn === undefined ? {} : { encounter: encounterReference(site, chart, csn) }),
    effectiveDateTime: instant(at),
    issued: instant(at),
    ...(by === undefined ? {} : { performer: [providerReference(site, by)] }),
  } as const;
}

/** Without a code that everybody shares: an element of the hospital's own. */
const probingDepth: CodeableConcept = concept(
  [coding(extensionUrl("smartdata"), "TH#1001", "Deepest probing depth")],
  "Deepest probing depth",
);

const vaginal = concept([coding(codeSystems.snomed, "48782003", "Delivery normal")]);
const cesarean = concept([coding(codeSystems.snomed, "11466000", "Cesarean section")]);

const gauges = ["18 G", "20 G", "22 G"] as const;

const hourMs = 3_600_000;
