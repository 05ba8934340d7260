import type { Questionnaire, QuestionnaireResponse } from "@trestle/fhir";
import type { Answers, Chart } from "../../chart/chart.ts";
import type { Filed } from "../store.ts";
import { type FhirSite, instant, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor, fileShared } from "./filed.ts";
import { encounterReference, patientReference } from "./references.ts";
import { codeSystems, coding } from "./terms.ts";

/** Two questions about mood, and what their sum is called. */
export const moodQuestions = {
  score: { code: "55758-7", text: "Patient Health Questionnaire 2 item (PHQ-2) total score" },
  items: [
    { code: "44250-9", text: "Little interest or pleasure in doing things" },
    { code: "44255-8", text: "Feeling down, depressed, or hopeless" },
  ],
} as const;

/** The questionnaires of the hospital. */
export function questionnaires(site: FhirSite): readonly Filed[] {
  return [fileShared(moodQuestionnaire(site))];
}

function moodQuestionnaire(site: FhirSite): Questionnaire & { readonly id: string } {
  return {
    resourceType: "Questionnaire",
    id: questionnaireId(site),
    name: "DepressionScreening",
    title: "Depression Screening",
    status: "active",
    subjectType: ["Patient"],
    item: moodQuestions.items.map(({ code, text }, index) => ({
      linkId: linkId(index),
      code: [coding(codeSystems.loinc, code, text)],
      text,
      type: "integer" as const,
    })),
  };
}

/** What patients have answered. */
export const questionnaireResponses: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return chart.answers.map((answers) => file(response(chart, answers, site)));
};

function response(
  chart: Chart,
  { number, csn, at, values }: Answers,
  site: FhirSite,
): QuestionnaireResponse & { readonly id: string } {
  const { person } = chart;
  const subject = patientReference(site, person);
  return {
    resourceType: "QuestionnaireResponse",
    id: recordId(site, "QuestionnaireResponse", { owner: Number(person.mrn), item: number }),
    questionnaire: `Questionnaire/${questionnaireId(site)}`,
    status: "completed",
    subject,
    encounter: encounterReference(site, chart, csn),
    authored: instant(at),
    source: subject,
    item: moodQuestions.items.map(({ text }, index) => ({
      linkId: linkId(index),
      text,
      answer: [{ valueInteger: values[index] ?? 0 }],
    })),
  };
}

function questionnaireId(site: FhirSite): string {
  return recordId(site, "Questionnaire", { item: 1 });
}

function linkId(index: number): string {
  return `/question-${index + 1}`;
}
