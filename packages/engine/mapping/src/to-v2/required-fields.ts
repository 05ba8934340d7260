import type { Family } from "./kinds.ts";

/** What a message must not leave without. */
export interface Required {
  /** Segments of which there must be one. */
  readonly segments: readonly string[];
  /** Fields that every such segment must have; of several in one entry, one is enough. */
  readonly fields: readonly (string | readonly string[])[];
}

const header = ["MSH-3", "MSH-4", "MSH-5", "MSH-6", "MSH-7", "MSH-9", "MSH-10", "MSH-11", "MSH-12"];
const patient = ["PID-3.1", "PID-5.1"];

/**
 * By family: what the standard requires, and what hospitals reject a message for that lacks it: a
 * patient's number and name, the visit of a document or a charge, an order's number.
 */
export const requiredFields: Readonly<Record<Family, Required>> = {
  ADT: { segments: ["EVN", "PID", "PV1"], fields: [...header, ...patient, "PV1-2"] },
  DFT: {
    segments: ["EVN", "PID", "PV1", "FT1"],
    fields: [...header, ...patient, "PV1-2", "PV1-19.1", "FT1-4", "FT1-6", "FT1-7.1"],
  },
  MDM: {
    segments: ["EVN", "PID", "PV1", "TXA", "OBX"],
    fields: [
      ...header,
      ...patient,
      "PV1-2",
      "PV1-19.1",
      "TXA-2",
      "TXA-12.1",
      "TXA-17",
      "OBX-2",
      "OBX-3",
    ],
  },
  ORM: {
    segments: ["PID", "ORC", "OBR"],
    fields: [...header, ...patient, "ORC-1", "ORC-2.1", "OBR-4.1"],
  },
  ORU: {
    segments: ["PID", "OBR", "OBX"],
    fields: [
      ...header,
      ...patient,
      ["OBR-2.1", "OBR-3.1"],
      "OBR-4.1",
      "OBR-25",
      "OBX-3.1",
      "OBX-11",
    ],
  },
  SIU: {
    segments: ["SCH", "PID", "RGS"],
    fields: [...header, ...patient, ["SCH-1.1", "SCH-2.1"], "SCH-6", "SCH-11.4", "SCH-25"],
  },
  SRM: {
    segments: ["ARQ", "PID", "RGS"],
    fields: [...header, ...patient, "ARQ-1.1", "ARQ-6", "ARQ-11.1"],
  },
  VXU: {
    segments: ["PID", "ORC", "RXA"],
    fields: [...header, ...patient, "PID-7", "PID-8", "ORC-3.1", "RXA-3", "RXA-5.1", "RXA-6"],
  },
};
