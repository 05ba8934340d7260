/**
 * Whether a field of HL7 v2 stays readable while patient data is masked.
 *
 * The table lists what may be read, not what is hidden: a segment or field that nobody thought of,
 * every Z-segment among them, is masked. Codes, states and message facts are listed; names,
 * numbers, addresses, results and free text are not.
 *
 * @see HL7 v2.5.1, chapters 2, 3, 4, 7, 9, 10
 */
export function isReadable(segment: string, field: number): boolean {
  const readable = readableFields[segment];
  return readable === "all" || (readable?.includes(field) ?? false);
}

const readableFields: Readonly<Record<string, "all" | readonly number[]>> = {
  MSH: "all",
  FHS: "all",
  BHS: "all",
  FTS: "all",
  BTS: "all",
  SFT: "all",
  EVN: [1, 2, 3, 4, 6, 7],
  MSA: [1, 2, 4, 6],
  ERR: [1, 2, 3, 4, 5],
  PID: [1],
  NK1: [1],
  GT1: [1],
  IN1: [1],
  IN2: [],
  PV1: [1, 2, 3, 4, 10, 14, 18, 36],
  AL1: [1, 2, 3, 4],
  DG1: [1, 2, 3, 6],
  PR1: [1, 2, 3],
  ORC: [1, 5, 6, 7, 9, 15, 16],
  OBR: [1, 4, 15, 24, 25],
  OBX: [1, 2, 3, 4, 6, 11],
  NTE: [1, 2],
  TXA: [1, 2, 3, 17, 18, 19],
  SCH: [6, 7, 8, 9, 10, 25],
  RGS: [1, 2, 3],
  AIS: [1, 2, 3],
  AIG: [1, 2],
  AIL: [1, 2, 3],
  AIP: [1, 2],
  RXA: [1, 2, 5, 7, 20, 21],
  RXE: [2, 5],
  RXO: [1, 4],
  RXR: [1, 2],
};
