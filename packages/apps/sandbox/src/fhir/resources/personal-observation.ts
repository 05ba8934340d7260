import type { CodeableConcept, Observation } from "@trestle/fhir";
import type { Answers, Chart, Social } from "../../chart/chart.ts";
import type { Filed } from "../store.ts";
import { type FhirSite, instant, recordId, recordKinds } from "./fhir-site.ts";
import { fileFor } from "./filed.ts";
import { encounterReference, patientReference, providerReference } from "./references.ts";
import { moodQuestions } from "./questionnaire.ts";
import { codeSystems, coding, concept, hl7Coding } from "./terms.ts";

type Identified = Observation & { readonly id: string };

/** What is known of a person beside measures: habits, hardship, pregnancies. */
export function personalObservations(chart: Chart, site: FhirSite): readonly Filed[] {
  const file = fileFor(chart, site);
  const { social } = chart;
  return [
    ...(social === undefined ? [] : socialObservations(chart, social, site)),
    ...chart.answers.map((answers) => file(moodScore(chart, answers, site), "SmartData")),
  ];
}

function socialObservations(chart: Chart, social: Social, site: FhirSite): readonly Filed[] {
  const file = fileFor(chart, site);
  const about = { chart, social, site };
  return [
    file(smoking(about), "Smoking History"),
    file(bloodType(about), "Core Characteristics"),
    ...(social.pregnancies === undefined
      ? []
      : [file(pregnancies(about, social.pregnancies), "Obstetric Details")]),
    file(food(about), "SmartData"),
  ];
}

interface About {
  readonly chart: Chart;
  readonly social: Social;
  readonly site: FhirSite;
}

function smoking(about: About): Identified {
  return {
    ...begun(about, "smoking"),
    category: [observationCategory("social-history", "Social History")],
    code: concept([coding(codeSystems.loinc, "72166-2", "Tobacco smoking status")]),
    ...told(about),
    valueCodeableConcept: smokingStates[about.social.smoking],
  };
}

function bloodType(about: About): Identified {
  return {
    ...begun(about, "bloodType"),
    category: [ownCategory("core-characteristics", "Core Characteristics")],
    code: concept([coding(codeSystems.loinc, "882-1", "ABO and Rh group")]),
    ...told(about),
    valueString: about.social.bloodType,
  };
}

function pregnancies(about: About, count: number): Identified {
  return {
    ...begun(about, "pregnancies"),
    category: [ownCategory("obstetrics-gynecology", "Obstetrics Gynecology")],
    code: concept([coding(codeSystems.loinc, "11996-6", "[#] Pregnancies")]),
    ...told(about),
    valueQuantity: { value: count },
  };
}

/** A question of social needs; it counts as a survey too. */
function food(about: About): Identified {
  return {
    ...begun(about, "food"),
    category: [observationCategory("survey", "Survey"), sdoh],
    code: concept([
      coding(
        codeSystems.loinc,
        "88122-7",
        "Within the past 12 months we worried whether our food would run out before we got money to buy more",
      ),
    ]),
    ...told(about),
    valueCodeableConcept: foodAnswers[about.social.foodRanOut],
  };
}

/** The sum of the answers to the questions about mood. */
function moodScore(chart: Chart, answers: Answers, site: FhirSite): Identified {
  const { person } = chart;
  const at = instant(answers.at);
  return {
    resourceType: "Observation",
    id: observationId(chart, site, { kind: "answers", item: answers.number }),
    status: "final",
    category: [observationCategory("survey", "Survey")],
    code: concept([coding(codeSystems.loinc, moodQuestions.score.code, moodQuestions.score.text)]),
    subject: patientReference(site, person),
    encounter: encounterReference(site, chart, answers.csn),
    effectiveDateTime: at,
    issued: at,
    performer: [providerReference(site, person.primaryCare)],
    valueQuantity: { value: answers.values.reduce((sum, value) => sum + value, 0) },
  };
}

function begun({ chart, site }: About, kind: Kind) {
  return {
    resourceType: "Observation",
    id: observationId(chart, site, { kind, item: 0 }),
    status: "final",
  } as const;
}

function told({ chart, social, site }: About) {
  const { person } = chart;
  return {
    subject: patientReference(site, person),
    effectiveDateTime: instant(social.at),
    issued: instant(social.at),
    performer: [providerReference(site, person.primaryCare)],
  };
}

type Kind = keyof typeof recordKinds.Observation;

/** The FHIR id of what was observed of a patient, by its kind and number. */
export function observationId(
  { person }: Chart,
  site: FhirSite,
  { kind, item }: { readonly kind: Kind; readonly item: number },
): string {
  const owner = Number(person.mrn);
  return recordId(site, "Observation", { owner, kind: recordKinds.Observation[kind], item });
}

/** A category of HL7's list. */
export function observationCategory(code: string, display: string): CodeableConcept {
  return concept([hl7Coding("observation-category", code, display)]);
}

/** A category that HL7's list does not have. */
export function ownCategory(code: string, text: string): CodeableConcept {
  const system = "http://open.epic.com/FHIR/StructureDefinition/observation-category";
  return { coding: [{ system, code }], text };
}

const sdoh: CodeableConcept = concept([
  coding("http://hl7.org/fhir/us/core/CodeSystem/us-core-category", "sdoh", "SDOH"),
]);

const smokingStates = {
  never: concept([coding(codeSystems.snomed, "266919005", "Never smoked tobacco")], "Never"),
  former: concept([coding(codeSystems.snomed, "8517006", "Ex-smoker")], "Former"),
  current: concept([coding(codeSystems.snomed, "449868002", "Smokes tobacco daily")], "Every Day"),
} as const;

const foodAnswers = {
  often: concept([coding(codeSystems.loinc, "LA28397-0", "Often true")]),
  sometimes: concept([coding(codeSystems.loinc, "LA6729-3", "Sometimes true")]),
  never: concept([coding(codeSystems.loinc, "LA28398-8", "Never true")]),
} as const;
