import type { SearchRequest } from "./request.ts";
import { parseToken } from "./match-token.ts";

/**
 * The parts of a type that a search asks for: those that belong to the categories it names, else
 * all. Empty where the type is granted as a whole.
 */
export function askedSubTypes(
  type: string,
  { native }: Pick<SearchRequest, "native">,
  all: readonly string[],
): readonly string[] {
  const categories = native
    .filter(({ name }) => name === "category")
    .flatMap(({ values }) => values.map((value) => parseToken(value).code.toLowerCase()));
  const known = byCategory[type] ?? {};
  const asked = categories.flatMap((category) => known[category] ?? []);
  if (asked.length === 0) return all;
  return all.filter((subType) => asked.includes(subType));
}

const vitals = ["Vitals", "Outside Record Vital Signs"];
const obstetric = ["Obstetric Details"];
const lines = ["LDA-W"];

/** Which parts a category is in; categories in lower case. */
const byCategory: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Condition: {
    "problem-list-item": ["Problems", "Outside Record Problems"],
    "encounter-diagnosis": ["Encounter Diagnosis", "Outside Record Encounter Diagnosis"],
    "health-concern": ["Health Concern", "Outside Record Health Concern"],
    genomics: ["Genomics"],
    "dental-finding": ["Dental Finding"],
    infection: ["Infection"],
    "medical-history": ["Medical History"],
    "reason-for-visit": ["Reason for Visit"],
  },
  DocumentReference: {
    "clinical-note": ["Clinical Notes"],
    "document-information": ["Document Information"],
    "summary-document": ["External CDAs"],
    "imaging-result": ["Radiology Results"],
    "clinical-reference": ["Clinical References"],
    correspondence: ["Correspondences"],
  },
  Observation: {
    laboratory: ["Labs", "Outside Record Results"],
    imaging: ["Labs", "Outside Record Results"],
    "vital-signs": vitals,
    "social-history": ["Smoking History"],
    "core-characteristics": ["Core Characteristics"],
    lda: lines,
    "lda-property": lines,
    "lda-assessment": lines,
    "labor-delivery": obstetric,
    "newborn-delivery": obstetric,
    "obstetrics-gynecology": obstetric,
    "functional-mental-status": ["SmartData"],
    periodontal: ["SmartData"],
    survey: ["SmartData"],
    sdoh: ["SmartData"],
  },
  Procedure: {
    "103693007": ["Orders", "Outside Record"],
    "387713003": ["Surgeries", "Outside Record"],
    "410606002": ["SDOH"],
  },
};
