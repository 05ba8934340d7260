import { extensionUrl, sharedSystems } from "@trestle/epic";
import type {
  CodeableConcept,
  Extension,
  Observation,
  ObservationComponent,
  ObservationReferenceRange,
  Quantity,
} from "@trestle/fhir";
import type { Chart, LabReport, VitalsReading } from "../../chart/chart.ts";
import type { Measurement } from "../../life/happening.ts";
import type { LabComponent } from "../../world/catalogue.ts";
import { flagOf } from "../../world/lab-values.ts";
import { type VitalSign, bloodPressure, vitalSignOf } from "../../world/vital-signs.ts";
import { type FhirSite, instant, perSite, recordId, recordKinds, remembered } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { findings } from "./finding.ts";
import { personalObservations } from "./personal-observation.ts";
import {
  chartedReference,
  encounterReference,
  patientReference,
  providerReference,
} from "./references.ts";
import { labOrderReference } from "./service-request.ts";
import { specimenReference } from "./specimen.ts";
import { codeSystems, coding, concept, hl7Coding } from "./terms.ts";

type Identified = Observation & { readonly id: string };

/** Everything that was measured or asked: each category has named APIs of its own. */
export const observations: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return [
    ...chart.vitals.flatMap((reading) =>
      vitals(chart, reading, site).map((each) =>
        file(each, reading.isOutside ? "Outside Record Vital Signs" : "Vitals"),
      ),
    ),
    ...chart.labs.flatMap((report) =>
      labs(chart, report, site).map((each) =>
        file(each, report.isOutside ? "Outside Record Results" : "Labs"),
      ),
    ),
    ...personalObservations(chart, site),
    ...findings(chart, site),
  ];
};

/** One for each component of a result. */
function labs(chart: Chart, report: LabReport, site: FhirSite): Identified[] {
  return report.values.flatMap((value, part) => {
    const component = report.test.components[part];
    return component === undefined ? [] : lab(chart, { report, component, value, part }, site);
  });
}

interface LabValue {
  readonly report: LabReport;
  readonly component: LabComponent;
  readonly value: string;
  readonly part: number;
}

function lab(
  chart: Chart,
  { report, component, value, part }: LabValue,
  site: FhirSite,
): Identified {
  const { person } = chart;
  const at = instant(report.resultedAt ?? report.orderedAt);
  const flag = flagOf(component, Number(value));
  return {
    resourceType: "Observation",
    id: labValueId(person.mrn, { orderId: report.orderId, part }, site),
    ...(report.isOutside ? {} : { basedOn: [labOrderReference(person, report, site)] }),
    status: "final",
    category: labCategories(site),
    code: labCode(site, component),
    subject: patientReference(site, person),
    encounter: encounterReference(site, chart, report.csn),
    effectiveDateTime: at,
    issued: at,
    performer: [providerReference(site, report.orderedBy)],
    valueQuantity: quantity(value, component.unit),
    ...(flag === "" ? {} : { interpretation: [{ text: flag === "H" ? "High" : "Low" }] }),
    specimen: specimenReference(person, report, site),
    referenceRange: [labRange(site, component)],
  };
}

/** The FHIR id of one component of a result. */
export function labValueId(
  mrn: string,
  { orderId, part }: { readonly orderId: string; readonly part: number },
  site: FhirSite,
): string {
  const kind = recordKinds.Observation.lab;
  return recordId(site, "Observation", { owner: Number(mrn), kind, item: Number(orderId), part });
}

/** A component without LOINC has the laboratory's own code alone. */
const labCode = remembered((site, { code, name, system }: LabComponent): CodeableConcept => {
  const own = coding(site.system("labComponent"), site.ownCode(code), name);
  const shared = system === "LN" ? [coding(codeSystems.loinc, code, name)] : [];
  return { coding: [...shared, own], text: name };
});

const labRange = remembered((_, { unit, low, high }: LabComponent): ObservationReferenceRange => ({
  low: quantity(String(low), unit),
  high: quantity(String(high), unit),
  text: `${low} - ${high}${unit === "" ? "" : ` ${unit}`}`,
}));

const labCategories = perSite((site): CodeableConcept[] => [
  concept([hl7Coding("observation-category", "laboratory", "Laboratory")]),
  concept([coding(site.system("orderCategory"), "Lab", "Lab")]),
]);

/** Blood pressure, and the other rows. */
function vitals(chart: Chart, reading: VitalsReading, site: FhirSite): Identified[] {
  return [
    vital(chart, { reading, part: 0, sign: bloodPressure }, site),
    ...reading.rows.flatMap((row, index) => {
      const sign = vitalSignOf(row.row.code);
      if (sign === undefined) return [];
      return vital(chart, { reading, part: index + 1, sign, row }, site);
    }),
  ];
}

interface Vital {
  readonly reading: VitalsReading;
  readonly part: number;
  readonly sign: VitalSign;
  /** Absent for blood pressure. */
  readonly row?: Measurement;
}

function vital(chart: Chart, { reading, part, sign, row }: Vital, site: FhirSite): Identified {
  const { person } = chart;
  const { Observation: kinds } = recordKinds;
  const at = instant(reading.at);
  return {
    resourceType: "Observation",
    id: recordId(site, "Observation", {
      owner: Number(person.mrn),
      kind: reading.isTold ? kinds.toldVitals : kinds.pastVitals,
      item: reading.number,
      part,
    }),
    extension: templates(site),
    status: "final",
    category: vitalCategory,
    code: vitalCode(site, sign),
    subject: patientReference(site, person),
    encounter: encounterReference(site, chart, reading.csn),
    effectiveDateTime: at,
    issued: at,
    performer: [chartedReference(site, reading.by)],
    ...(isAbnormal(sign, row?.text ?? reading.pressure) ? { interpretation: abnormal } : {}),
    ...(row === undefined
      ? { component: pressureComponents(reading.pressure) }
      : { valueQuantity: { ...quantity(row.text, row.row.unit), code: sign.unit } }),
  };
}

/** In the order in which Epic sends them. */
const vitalCode = remembered((site, { name, rowId, loinc }: VitalSign): CodeableConcept => {
  const codes = [
    coding(site.system("flowsheetRow"), rowId, name),
    coding(sharedSystems.flowsheetId, flowsheetId(rowId), name),
    coding("urn:oid:1.2.246.537.6.96", loinc[0] ?? "", name),
    ...loinc.map((code) => coding(codeSystems.loinc, code, name)),
    coding(codeSystems.loinc, "8716-3", "Vital signs"),
  ];
  return { coding: codes, text: name };
});

const vitalCategory = [concept([hl7Coding("observation-category", "vital-signs", "Vital Signs")])];

const templates = perSite((site): Extension[] => [
  {
    valueIdentifier: { system: site.system("flowsheetTemplate"), value: "41" },
    url: extensionUrl("template-id"),
  },
]);

/** Of a pressure the first number counts, the systolic. */
function isAbnormal({ normal }: VitalSign, text: string): boolean {
  if (normal === undefined) return false;
  const value = Number.parseFloat(text);
  return value < normal[0] || value > normal[1];
}

/** Epic says no more than that a vital sign is abnormal. */
const abnormal = [concept([hl7Coding("v3-ObservationInterpretation", "A", "Abnormal")])];

function flowsheetId(rowId: string): string {
  return `t${Buffer.from(`flowsheet row ${rowId.padStart(8, "0")}`)
    .toString("base64url")
    .slice(-22)}0`;
}

function pressureComponents(pressure: string): ObservationComponent[] {
  return pressure.split("/").map((value, index) => ({
    code: pressureCodes[index] ?? {},
    valueQuantity: quantity(value, "mm[Hg]"),
  }));
}

const pressureCodes: readonly CodeableConcept[] = [
  concept([coding(codeSystems.loinc, "8480-6", "Systolic blood pressure")]),
  concept([coding(codeSystems.loinc, "8462-4", "Diastolic blood pressure")]),
];

/** A unit is not always there. */
function quantity(value: string, unit: string): Quantity {
  if (unit === "") return { value: Number(value) };
  return {
    value: Number(value),
    unit,
    system: codeSystems.ucum,
    code: ucumCodes.get(unit) ?? unit,
  };
}

/** Of units that laboratories write otherwise than UCUM does; what people read stays. */
const ucumCodes: ReadonlyMap<string, string> = new Map([["uIU/mL", "u[IU]/mL"]]);
