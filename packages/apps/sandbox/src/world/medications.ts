import { type Drug, drugs } from "./catalogue.ts";

/** A drug as it is written on a prescription, or given on a ward. */
export interface Medication {
  /** The number in the hospital's own list. */
  readonly code: string;
  readonly name: string;
  /** RxNorm; undefined where the hospital has not mapped it. */
  readonly rxNorm: string | undefined;
  readonly dose: string;
  readonly unit: string;
  readonly route: "Oral" | "Inhalation" | "Subcutaneous" | "Intravenous";
  readonly form: string;
}

/** A medication that is taken at home, for what, and how. */
export interface HomeMedication extends Medication {
  /** ICD-10-CM code of what it is taken for. */
  readonly treats: string;
  readonly sig: string;
  readonly timesADay: number;
  readonly isAsNeeded: boolean;
}

const tablet = { route: "Oral", form: "TABS", unit: "mg", isAsNeeded: false } as const;

export const homeMedications: readonly HomeMedication[] = [
  {
    ...tablet,
    code: "40840102",
    name: "LISINOPRIL 10 MG TABLET",
    rxNorm: "314076",
    dose: "10",
    treats: "I10",
    sig: "Take 1 tablet (10 mg total) by mouth daily.",
    timesADay: 1,
  },
  {
    ...tablet,
    code: "40840103",
    name: "METFORMIN 500 MG TABLET",
    rxNorm: "861007",
    dose: "500",
    treats: "E11.9",
    sig: "Take 1 tablet (500 mg total) by mouth 2 times daily with meals.",
    timesADay: 2,
  },
  {
    ...tablet,
    code: "40840111",
    name: "ATORVASTATIN 20 MG TABLET",
    rxNorm: "617310",
    dose: "20",
    treats: "E78.5",
    sig: "Take 1 tablet (20 mg total) by mouth at bedtime.",
    timesADay: 1,
  },
  {
    code: "40840112",
    name: "ALBUTEROL 90 MCG/ACTUATION INHALER",
    rxNorm: "745679",
    dose: "2",
    unit: "puff",
    route: "Inhalation",
    form: "AERS",
    treats: "J45.909",
    sig: "Inhale 2 puffs every 4 hours as needed for wheezing.",
    timesADay: 6,
    isAsNeeded: true,
  },
  {
    ...tablet,
    form: "CPDR",
    code: "40840113",
    name: "OMEPRAZOLE 20 MG CAPSULE, DELAYED RELEASE",
    rxNorm: "198051",
    dose: "20",
    treats: "K21.9",
    sig: "Take 1 capsule (20 mg total) by mouth daily before breakfast.",
    timesADay: 1,
  },
  {
    ...tablet,
    code: "40840114",
    name: "SERTRALINE 50 MG TABLET",
    rxNorm: "312941",
    dose: "50",
    treats: "F32.A",
    sig: "Take 1 tablet (50 mg total) by mouth daily.",
    timesADay: 1,
  },
  {
    ...tablet,
    code: "40840115",
    name: "LEVOTHYROXINE 50 MCG TABLET",
    rxNorm: undefined,
    dose: "50",
    unit: "mcg",
    treats: "E03.9",
    sig: "Take 1 tablet (50 mcg total) by mouth every morning before breakfast.",
    timesADay: 1,
  },
];

/** A drug of the wards as a medication. */
export function medicationOf(drug: Drug): Medication {
  return {
    code: drug.code,
    name: drug.name,
    rxNorm: rxNormOf[drug.key],
    dose: drug.dose,
    unit: drug.unit,
    route: routeOf(drug.route),
    form: drug.route === "Oral" ? "TABS" : "SOLN",
  };
}

const rxNormOf: Readonly<Record<string, string>> = {
  acetaminophen: "198440",
  lisinopril: "314076",
  metformin: "861007",
};

/** Everything in the hospital's own list, each number once. */
export const formulary: readonly Medication[] = [
  ...new Map(
    [...homeMedications, ...drugs.map(medicationOf)].map((each) => [each.code, each]),
  ).values(),
];

function routeOf(text: string): Medication["route"] {
  if (text === "Subcutaneous" || text === "Intravenous") return text;
  return "Oral";
}
