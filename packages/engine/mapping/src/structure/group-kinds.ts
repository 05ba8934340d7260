/** The kinds of groups that a message falls into. */
export type GroupName =
  | "message"
  | "patient"
  | "contact"
  | "allergy"
  | "diagnosis"
  | "insurance"
  | "order"
  | "observation"
  | "administration"
  | "document"
  | "booking"
  | "visit"
  | "role"
  | "visitRole"
  | "procedureRole"
  | "procedure"
  | "guarantor"
  | "charge"
  | "consent"
  | "masterEntry"
  | "affiliation"
  | "department"
  | "software";

/** Which segments begin a group, where it may stand, and what it holds. */
export interface GroupKind {
  readonly startsWith: readonly string[];
  /** The groups it may stand in. */
  readonly within: readonly GroupName[];
  /** Its segments, the first included; any other segment ends it. */
  readonly holds: readonly string[];
}

/**
 * The structure of all messages in one table. It asks for less than the standard's abstract
 * messages do, so that segments in an unusual order still find their owner.
 *
 * @see HL7 v2.5.1, the abstract messages of chapters 3, 4, 6, 7, 8, 9 and 10
 */
export const groupKinds: Readonly<Record<GroupName, GroupKind>> = {
  message: {
    startsWith: [],
    within: [],
    holds: ["MSH", "EVN", "SCH", "ARQ", "APR", "TQ1", "MFI", "NTE"],
  },
  patient: {
    startsWith: ["PID"],
    within: ["message"],
    holds: ["PID", "PD1", "MRG", "PV1", "PV2", "ARV", "ACC", "PDA", "NTE"],
  },
  contact: { startsWith: ["NK1"], within: ["patient"], holds: ["NK1"] },
  allergy: { startsWith: ["AL1", "IAM"], within: ["patient"], holds: ["AL1", "IAM"] },
  diagnosis: { startsWith: ["DG1"], within: ["order", "visit", "patient"], holds: ["DG1"] },
  insurance: { startsWith: ["IN1"], within: ["patient"], holds: ["IN1", "IN2", "IN3", "ROL"] },
  order: {
    startsWith: ["ORC", "OBR"],
    within: ["patient"],
    holds: ["ORC", "OBR", "NTE", "TQ1", "SPM", "RXO", "RXE"],
  },
  observation: {
    startsWith: ["OBX"],
    within: ["administration", "order", "patient"],
    holds: ["OBX", "NTE"],
  },
  administration: {
    startsWith: ["RXA"],
    within: ["order", "patient"],
    holds: ["RXA", "RXR", "NTE"],
  },
  document: { startsWith: ["TXA"], within: ["patient"], holds: ["TXA", "OBX", "NTE"] },
  booking: {
    startsWith: ["AIS", "AIG", "AIL", "AIP"],
    within: ["patient"],
    holds: ["AIS", "AIG", "AIL", "AIP", "NTE"],
  },
  visit: { startsWith: ["PV1"], within: ["patient"], holds: ["PV1", "PV2", "ARV"] },
  role: { startsWith: ["ROL", "PRT"], within: ["patient"], holds: ["ROL", "PRT"] },
  visitRole: { startsWith: [], within: ["visit", "patient"], holds: ["ROL", "PRT"] },
  procedureRole: { startsWith: [], within: ["procedure"], holds: ["ROL", "PRT"] },
  procedure: { startsWith: ["PR1"], within: ["charge", "visit", "patient"], holds: ["PR1"] },
  guarantor: { startsWith: ["GT1"], within: ["patient"], holds: ["GT1"] },
  charge: { startsWith: ["FT1"], within: ["patient"], holds: ["FT1", "NTE"] },
  consent: { startsWith: ["CON"], within: ["document", "patient"], holds: ["CON"] },
  masterEntry: {
    startsWith: ["MFE"],
    within: ["message"],
    holds: ["MFE", "STF", "PRA", "LAN", "LOC", "LCH", "LRL", "NTE"],
  },
  affiliation: { startsWith: ["ORG"], within: ["masterEntry"], holds: ["ORG"] },
  software: { startsWith: ["SFT"], within: ["message"], holds: ["SFT"] },
  department: { startsWith: ["LDP"], within: ["masterEntry"], holds: ["LDP", "LCH"] },
};

/** Every kind of group. */
export const groupNames: readonly GroupName[] = Object.keys(groupKinds) as GroupName[];
