/** One component of a laboratory order: what is measured, in what unit, and what is normal. */
export interface LabComponent {
  readonly code: string;
  readonly name: string;
  readonly system: "LN" | "LAKELAB";
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly digits: number;
}

export interface LabOrder {
  /** How pathways name it. */
  readonly key: string;
  readonly code: string;
  readonly name: string;
  /** LOINC of the whole. */
  readonly loinc: string;
  readonly components: readonly [LabComponent, ...LabComponent[]];
}

type Measured = readonly [
  code: string,
  name: string,
  unit: string,
  low: number,
  high: number,
  digits: number,
];

const loinc = ([code, name, unit, low, high, digits]: Measured): LabComponent => ({
  code,
  name,
  system: "LN",
  unit,
  low,
  high,
  digits,
});

/** Tests of the laboratory. Two components carry the laboratory's own codes, as happens. */
export const labOrders: readonly [LabOrder, ...LabOrder[]] = [
  {
    key: "hemoglobin-a1c",
    code: "LAB294",
    name: "HEMOGLOBIN A1C",
    loinc: "4548-4",
    components: [loinc(["4548-4", "HEMOGLOBIN A1C", "%", 4, 5.6, 1])],
  },
  {
    key: "metabolic-panel",
    code: "LAB15",
    name: "BASIC METABOLIC PANEL",
    loinc: "51990-0",
    components: [
      loinc(["2951-2", "SODIUM", "mmol/L", 136, 145, 0]),
      loinc(["2823-3", "POTASSIUM", "mmol/L", 3.5, 5.1, 1]),
      loinc(["2075-0", "CHLORIDE", "mmol/L", 98, 107, 0]),
      loinc(["2345-7", "GLUCOSE", "mg/dL", 70, 99, 0]),
      loinc(["3094-0", "UREA NITROGEN", "mg/dL", 7, 20, 0]),
      loinc(["2160-0", "CREATININE", "mg/dL", 0.6, 1.3, 2]),
    ],
  },
  {
    key: "blood-count",
    code: "LAB293",
    name: "CBC WITH PLATELETS",
    loinc: "58410-2",
    components: [
      loinc(["6690-2", "WBC", "10*3/uL", 4, 11, 1]),
      loinc(["718-7", "HEMOGLOBIN", "g/dL", 12, 17, 1]),
      loinc(["4544-3", "HEMATOCRIT", "%", 36, 50, 1]),
      loinc(["777-3", "PLATELETS", "10*3/uL", 150, 400, 0]),
      {
        code: "IPF",
        name: "IMMATURE PLATELETS",
        system: "LAKELAB",
        unit: "%",
        low: 1,
        high: 7,
        digits: 1,
      },
    ],
  },
  {
    key: "lipid-panel",
    code: "LAB18",
    name: "LIPID PANEL",
    loinc: "24331-1",
    components: [
      loinc(["2093-3", "CHOLESTEROL", "mg/dL", 120, 200, 0]),
      loinc(["2085-9", "HDL", "mg/dL", 40, 80, 0]),
      loinc(["2571-8", "TRIGLYCERIDES", "mg/dL", 40, 150, 0]),
      loinc(["13457-7", "LDL CALCULATED", "mg/dL", 50, 130, 0]),
    ],
  },
  {
    key: "troponin",
    code: "LAB747",
    name: "TROPONIN T",
    loinc: "67151-1",
    components: [loinc(["67151-1", "TROPONIN T HIGH SENSITIVITY", "ng/L", 0, 19, 0])],
  },
  {
    key: "thyroid",
    code: "LAB129",
    name: "TSH",
    loinc: "3016-3",
    components: [
      loinc(["3016-3", "TSH", "uIU/mL", 0.4, 4.5, 2]),
      { code: "T4I", name: "T4 INDEX", system: "LAKELAB", unit: "", low: 4.5, high: 11, digits: 1 },
    ],
  },
];

/** A row of a flowsheet, as nurses chart it. */
export interface FlowsheetRow {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly middle: number;
  readonly spread: number;
  readonly digits: number;
}

/** Vital signs beside blood pressure, which is charted as two numbers in one, and weight. */
export const flowsheetRows: readonly FlowsheetRow[] = [
  { code: "PULSE", name: "PULSE", unit: "bpm", middle: 76, spread: 22, digits: 0 },
  { code: "TEMP", name: "TEMP", unit: "degC", middle: 36.9, spread: 0.9, digits: 1 },
  { code: "RESP", name: "RESP", unit: "/min", middle: 16, spread: 5, digits: 0 },
  { code: "SPO2", name: "SPO2", unit: "%", middle: 97, spread: 3, digits: 0 },
];

export interface Drug {
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly dose: string;
  readonly unit: string;
  readonly route: string;
}

/** Charted beside the others, around what the patient weighs. */
export const weightRow: Omit<FlowsheetRow, "middle"> = {
  code: "WEIGHT",
  name: "WEIGHT",
  unit: "kg",
  spread: 0.8,
  digits: 1,
};

export const drugs: readonly [Drug, ...Drug[]] = [
  {
    key: "acetaminophen",
    code: "40840101",
    name: "ACETAMINOPHEN 500 MG TABLET",
    dose: "500",
    unit: "mg",
    route: "Oral",
  },
  {
    key: "lisinopril",
    code: "40840102",
    name: "LISINOPRIL 10 MG TABLET",
    dose: "10",
    unit: "mg",
    route: "Oral",
  },
  {
    key: "metformin",
    code: "40840103",
    name: "METFORMIN 500 MG TABLET",
    dose: "500",
    unit: "mg",
    route: "Oral",
  },
  {
    key: "heparin",
    code: "40840104",
    name: "HEPARIN 5000 UNIT/ML INJECTION",
    dose: "5000",
    unit: "units",
    route: "Subcutaneous",
  },
  {
    key: "ondansetron",
    code: "40840105",
    name: "ONDANSETRON 4 MG/2 ML INJECTION",
    dose: "4",
    unit: "mg",
    route: "Intravenous",
  },
];

export interface NoteType {
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly lines: readonly string[];
}

export const noteTypes: readonly [NoteType, ...NoteType[]] = [
  {
    key: "progress",
    code: "1",
    name: "Progress Notes",
    lines: [
      "Patient seen and examined.",
      "Feels better than yesterday; no new complaints.",
      "Plan: continue as before, review tomorrow.",
    ],
  },
  {
    key: "history",
    code: "4",
    name: "H&P",
    lines: [
      "Reason for admission as stated by the patient.",
      "Past history, medications and allergies reviewed.",
      "Plan: admit, monitor, laboratory tests as ordered.",
    ],
  },
  {
    key: "discharge",
    code: "5",
    name: "Discharge Summary",
    lines: [
      "Admitted and treated as described in the progress notes.",
      "Condition at discharge: stable.",
      "Follow-up: primary care within two weeks.",
    ],
  },
  {
    key: "nursing",
    code: "3",
    name: "Nursing Note",
    lines: ["Resting comfortably. Call light within reach."],
  },
];

export interface Department {
  readonly code: string;
  readonly name: string;
  readonly id: string;
  readonly kind: "clinic" | "emergency" | "ward";
}

export const departments: readonly Department[] = [
  { code: "LCIM", name: "LAKESHORE INTERNAL MEDICINE", id: "10101", kind: "clinic" },
  { code: "LCFM", name: "LAKESHORE FAMILY MEDICINE", id: "10103", kind: "clinic" },
  { code: "LCCARD", name: "LAKESHORE CARDIOLOGY", id: "10105", kind: "clinic" },
  { code: "LED", name: "EMERGENCY", id: "10201", kind: "emergency" },
  { code: "4W", name: "4 WEST", id: "10102", kind: "ward" },
  { code: "5E", name: "5 EAST", id: "10104", kind: "ward" },
  { code: "ICU", name: "INTENSIVE CARE", id: "10106", kind: "ward" },
];

export interface VisitType {
  readonly code: string;
  readonly name: string;
  readonly minutes: number;
}

export const visitTypes: readonly [VisitType, ...VisitType[]] = [
  { code: "1004", name: "OFFICE VISIT", minutes: 30 },
  { code: "1010", name: "NEW PATIENT", minutes: 60 },
  { code: "1015", name: "FOLLOW UP", minutes: 20 },
  { code: "1203", name: "ANNUAL EXAM", minutes: 40 },
];

export interface Diagnosis {
  readonly code: string;
  readonly name: string;
}

export const diagnoses: readonly [Diagnosis, ...Diagnosis[]] = [
  { code: "R07.9", name: "Chest pain, unspecified" },
  { code: "E11.9", name: "Type 2 diabetes mellitus without complications" },
  { code: "I10", name: "Essential (primary) hypertension" },
  { code: "J18.9", name: "Pneumonia, unspecified organism" },
  { code: "R10.9", name: "Unspecified abdominal pain" },
  { code: "N39.0", name: "Urinary tract infection, site not specified" },
  { code: "M54.50", name: "Low back pain, unspecified" },
  { code: "J45.909", name: "Unspecified asthma, uncomplicated" },
];

export interface Allergen {
  readonly kind: string;
  readonly code: string;
  readonly name: string;
  readonly reaction: string;
  readonly severity: string;
}

export const allergens: readonly [Allergen, ...Allergen[]] = [
  {
    kind: "DRUG INGREDI",
    code: "1234",
    name: "PENICILLINS",
    reaction: "Hives",
    severity: "Medium",
  },
  {
    kind: "DRUG INGREDI",
    code: "1251",
    name: "SULFA ANTIBIOTICS",
    reaction: "Rash",
    severity: "Low",
  },
  { kind: "FOOD", code: "2210", name: "PEANUTS", reaction: "Swelling", severity: "High" },
  { kind: "FOOD", code: "2214", name: "SHELLFISH", reaction: "Nausea", severity: "Low" },
  { kind: "ENVIRONMENTAL", code: "3301", name: "LATEX", reaction: "Itching", severity: "Medium" },
];

export interface Plan {
  readonly code: string;
  readonly name: string;
  readonly payerCode: string;
  readonly payer: string;
}

export const plans: readonly [Plan, ...Plan[]] = [
  { code: "100100", name: "HARBOR CHOICE PPO", payerCode: "1001", payer: "HARBOR MUTUAL" },
  { code: "100200", name: "PRAIRIE CARE HMO", payerCode: "1002", payer: "PRAIRIE HEALTH" },
  {
    code: "100300",
    name: "LAKELAND SENIOR ADVANTAGE",
    payerCode: "1003",
    payer: "LAKELAND BENEFIT",
  },
];
