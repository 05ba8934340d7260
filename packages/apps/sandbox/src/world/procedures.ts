/** Something that is done to a patient, by its codes. */
export interface ProcedureKind {
  readonly code: string;
  readonly name: string;
  readonly cpt: string;
  readonly snomed: string;
  readonly category: "diagnostic" | "surgical";
  /** What is reported of a picture. */
  readonly reading?: { readonly loinc: string; readonly name: string; readonly text: string };
}

export const procedureKinds: readonly [ProcedureKind, ...ProcedureKind[]] = [
  {
    code: "PRO91",
    name: "COLONOSCOPY",
    cpt: "45378",
    snomed: "73761001",
    category: "diagnostic",
  },
  {
    code: "EKG1",
    name: "EKG 12-LEAD",
    cpt: "93000",
    snomed: "268400002",
    category: "diagnostic",
  },
  {
    code: "IMG36",
    name: "XR CHEST 2 VIEWS",
    cpt: "71046",
    snomed: "399208008",
    category: "diagnostic",
    reading: {
      loinc: "36643-5",
      name: "XR Chest 2 Views",
      text: "No acute cardiopulmonary abnormality.",
    },
  },
  {
    code: "SUR44",
    name: "APPENDECTOMY, LAPAROSCOPIC",
    cpt: "44970",
    snomed: "6025007",
    category: "surgical",
  },
  {
    code: "SUR82",
    name: "TOTAL KNEE ARTHROPLASTY",
    cpt: "27447",
    snomed: "609588000",
    category: "surgical",
  },
];
