import type { Diagnosis } from "./catalogue.ts";

/** A condition in each of the code systems by which charts name it. */
export interface Ailment extends Diagnosis {
  /** How clinicians call it. */
  readonly wording: string;
  readonly snomed: string;
  readonly icd9: string;
  /** A number of the vendor of problem terms; invented. */
  readonly problemTerm: string;
  /** It stays once it is there, so it is on problem lists. */
  readonly isChronic: boolean;
}

type Named = readonly [
  code: string,
  name: string,
  wording: string,
  snomed: string,
  icd9: string,
  isChronic: "chronic" | "passing",
];

function ailment(named: Named, index: number): Ailment {
  const [code, name, wording, snomed, icd9, isChronic] = named;
  const problemTerm = String(910_101 + index * 17);
  return { code, name, wording, snomed, icd9, problemTerm, isChronic: isChronic === "chronic" };
}

const named: readonly Named[] = [
  ["R07.9", "Chest pain, unspecified", "Chest pain", "29857009", "786.50", "passing"],
  [
    "E11.9",
    "Type 2 diabetes mellitus without complications",
    "Type 2 diabetes mellitus without complication",
    "313436004",
    "250.00",
    "chronic",
  ],
  [
    "I10",
    "Essential (primary) hypertension",
    "Essential hypertension",
    "59621000",
    "401.9",
    "chronic",
  ],
  [
    "J18.9",
    "Pneumonia, unspecified organism",
    "Pneumonia due to infectious organism",
    "233604007",
    "486",
    "passing",
  ],
  ["R10.9", "Unspecified abdominal pain", "Abdominal pain", "21522001", "789.00", "passing"],
  [
    "N39.0",
    "Urinary tract infection, site not specified",
    "Urinary tract infection",
    "68566005",
    "599.0",
    "passing",
  ],
  ["M54.50", "Low back pain, unspecified", "Low back pain", "279039007", "724.2", "passing"],
  ["J45.909", "Unspecified asthma, uncomplicated", "Asthma", "195967001", "493.90", "chronic"],
  ["E78.5", "Hyperlipidemia, unspecified", "Hyperlipidemia", "55822004", "272.4", "chronic"],
  [
    "K21.9",
    "Gastro-esophageal reflux disease without esophagitis",
    "GERD (gastroesophageal reflux disease)",
    "235595009",
    "530.81",
    "chronic",
  ],
  ["E03.9", "Hypothyroidism, unspecified", "Hypothyroidism", "40930008", "244.9", "chronic"],
  ["F32.A", "Depression, unspecified", "Depression", "35489007", "311", "chronic"],
];

/** What people have; the diagnoses of visits are all among them. */
export const ailments: readonly Ailment[] = named.map(ailment);

/** The ailment of an ICD-10-CM code; undefined where the catalogue has none. */
export function ailmentOf(code: string): Ailment | undefined {
  return byCode.get(code);
}

const byCode: ReadonlyMap<string, Ailment> = new Map(ailments.map((each) => [each.code, each]));

/** What stands in the way of somebody's health without being an illness. */
export interface Concern {
  readonly wording: string;
  readonly snomed: string;
}

export const concerns: readonly [Concern, ...Concern[]] = [
  { wording: "Food insecurity", snomed: "733423003" },
  { wording: "Lack of transportation", snomed: "713458007" },
  { wording: "Social isolation", snomed: "422650009" },
];
