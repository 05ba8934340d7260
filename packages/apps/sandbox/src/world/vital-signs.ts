/** How a row of the flowsheet is named outside of the hospital. */
export interface VitalSign {
  /** As nurses know it. */
  readonly name: string;
  /** The row's number in the hospital's own list. */
  readonly rowId: string;
  readonly loinc: readonly string[];
  /** The code of the unit in UCUM. */
  readonly unit: string;
  /** What is below or above is abnormal; undefined where nothing is. */
  readonly normal?: readonly [low: number, high: number];
}

/** What is charted under a row's code; undefined for a row that is none of the vital signs. */
export function vitalSignOf(code: string): VitalSign | undefined {
  return Object.hasOwn(vitalSigns, code) ? vitalSigns[code] : undefined;
}

const vitalSigns: Readonly<Record<string, VitalSign>> = {
  PULSE: { name: "Pulse", rowId: "8", loinc: ["8867-4"], unit: "/min", normal: [50, 100] },
  TEMP: { name: "Temp", rowId: "6", loinc: ["8310-5"], unit: "Cel", normal: [35.5, 38] },
  RESP: { name: "Resp", rowId: "9", loinc: ["9279-1"], unit: "/min", normal: [10, 20] },
  SPO2: { name: "SpO2", rowId: "10", loinc: ["59408-5", "2708-6"], unit: "%", normal: [92, 100] },
  WEIGHT: { name: "Weight", rowId: "14", loinc: ["29463-7", "3141-9"], unit: "kg" },
  HEIGHT: { name: "Height", rowId: "11", loinc: ["8302-2"], unit: "cm" },
  BMI: { name: "BMI (Calculated)", rowId: "301070", loinc: ["39156-5"], unit: "kg/m2" },
};

/** Blood pressure is charted as two numbers in one row. */
export const bloodPressure: VitalSign = {
  name: "BP",
  rowId: "5",
  loinc: ["55284-4", "85354-9"],
  unit: "mm[Hg]",
  normal: [90, 140],
};
