/** Bounds of one probe. */
export interface ProbeLimits {
  /** How many patients are asked about. */
  readonly patients: number;
  /** Requests to the site, those of the choice of patients among them. */
  readonly maxRequests: number;
  readonly maxMinutes: number;
  /** Pages of one search for one patient. */
  readonly maxPages: number;
  /** Messages of HL7 that are read for each type, the newest. */
  readonly maxMessages: number;
  /** References that are followed, for each element. */
  readonly maxReferences: number;
  /** Examples that are kept of each finding, where they are asked for. */
  readonly maxExamples: number;
  /** How far back messages of HL7 are read, in hours. */
  readonly hl7Hours: number;
}
