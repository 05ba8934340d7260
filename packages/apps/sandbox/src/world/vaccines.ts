/** A vaccine by its codes. */
export interface Vaccine {
  readonly name: string;
  readonly cvx: string;
  readonly ndc: string;
  readonly manufacturer: string;
  readonly doseMl: number;
  /** How many years lie between two doses; undefined where one is enough. */
  readonly everyYears: number | undefined;
}

export const vaccines: readonly Vaccine[] = [
  {
    name: "INFLUENZA, QUADRIVALENT, PRESERVATIVE FREE",
    cvx: "150",
    ndc: "49281-421-50",
    manufacturer: "Sanofi Pasteur",
    doseMl: 0.5,
    everyYears: 1,
  },
  {
    name: "TDAP",
    cvx: "115",
    ndc: "58160-842-11",
    manufacturer: "GlaxoSmithKline",
    doseMl: 0.5,
    everyYears: 10,
  },
  {
    name: "COVID-19, MRNA, 30 MCG/0.3 ML",
    cvx: "208",
    ndc: "59267-1000-1",
    manufacturer: "Pfizer",
    doseMl: 0.3,
    everyYears: undefined,
  },
  {
    name: "ZOSTER RECOMBINANT",
    cvx: "187",
    ndc: "58160-823-11",
    manufacturer: "GlaxoSmithKline",
    doseMl: 0.5,
    everyYears: undefined,
  },
  {
    name: "PNEUMOCOCCAL CONJUGATE PCV20",
    cvx: "216",
    ndc: "0005-2000-10",
    manufacturer: "Pfizer",
    doseMl: 0.5,
    everyYears: undefined,
  },
];
