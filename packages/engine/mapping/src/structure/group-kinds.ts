/** The kinds of groups that a message falls into. */
export type GroupName =
  | "message"
  | "patient"
  | "contact"
  | "orderContact"
  | "allergy"
  | "diagnosis"
  | "insurance"
  | "order"
  | "specimen"
  | "observation"
  | "encoded"
  | "dispense"
  | "requisition"
  | "give"
  | "administration"
  | "problem"
  | "document"
  | "resourceGroup"
  | "orderDocument"
  | "booking"
  | "visit"
  | "visitNote"
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
  /** Of these it takes those of the group around it where it has none of its own. */
  readonly borrows?: readonly string[];
  /** Of these it has those of the group around it too. */
  readonly shares?: readonly string[];
}

/**
 * The structure of all messages in one table. It asks for less than the standard's abstract
 * messages do, so that segments in an unusual order still find their owner.
 *
 * @see HL7 v2.5.1, the abstract messages of chapters 3, 4, 4A, 6, 7, 8, 9, 10 and 12
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
  orderContact: { startsWith: ["CTD"], within: ["order", "patient"], holds: ["CTD"] },
  allergy: { startsWith: ["AL1", "IAM"], within: ["patient"], holds: ["AL1", "IAM"] },
  diagnosis: { startsWith: ["DG1"], within: ["order", "visit", "patient"], holds: ["DG1"] },
  insurance: { startsWith: ["IN1"], within: ["patient"], holds: ["IN1", "IN2", "IN3", "ROL"] },
  order: {
    startsWith: ["ORC", "OBR"],
    within: ["specimen", "patient"],
    holds: [
      "ORC",
      "OBR",
      "NTE",
      "TQ1",
      "TQ2",
      "PRT",
      "CTI",
      "TCD",
      "IPC",
      "RXO",
      "RXR",
      "RXC",
      "BLG",
    ],
  },
  specimen: {
    startsWith: ["SPM"],
    within: ["order", "patient"],
    holds: ["SPM", "SAC", "NTE", "PRT"],
  },
  observation: {
    startsWith: ["OBX"],
    within: [
      "administration",
      "give",
      "dispense",
      "encoded",
      "specimen",
      "problem",
      "order",
      "patient",
    ],
    holds: ["OBX", "NTE", "PRT", "TCD"],
  },
  encoded: {
    startsWith: ["RXE"],
    within: ["order", "patient"],
    holds: ["RXE", "NTE", "TQ1", "TQ2", "RXR", "RXC"],
    borrows: ["TQ1", "RXR", "RXC"],
    shares: ["NTE"],
  },
  dispense: {
    startsWith: ["RXD"],
    within: ["order", "patient"],
    holds: ["RXD", "NTE", "TQ1", "TQ2", "RXR", "RXC"],
    borrows: ["RXR"],
  },
  requisition: {
    startsWith: ["RQD"],
    within: ["order", "patient"],
    holds: ["RQD", "RQ1", "NTE"],
    shares: ["NTE"],
  },
  give: {
    startsWith: ["RXG"],
    within: ["order", "patient"],
    holds: ["RXG", "NTE", "TQ1", "TQ2", "RXR", "RXC"],
    borrows: ["RXR"],
  },
  administration: {
    startsWith: ["RXA"],
    within: ["order", "patient"],
    holds: ["RXA", "RXR", "NTE"],
    borrows: ["RXR"],
  },
  problem: { startsWith: ["PRB"], within: ["patient"], holds: ["PRB", "NTE"] },
  document: { startsWith: ["TXA"], within: ["patient"], holds: ["TXA", "OBX", "NTE"] },
  resourceGroup: { startsWith: ["RGS"], within: ["patient"], holds: ["RGS"] },
  orderDocument: { startsWith: [], within: ["order"], holds: ["TXA", "OBX", "NTE", "PRT"] },
  booking: {
    startsWith: ["AIS", "AIG", "AIL", "AIP"],
    within: ["resourceGroup", "patient"],
    holds: ["AIS", "AIG", "AIL", "AIP", "NTE"],
  },
  visit: { startsWith: ["PV1"], within: ["patient"], holds: ["PV1", "PV2", "ARV"] },
  visitNote: { startsWith: [], within: ["visit", "patient"], holds: ["NTE"] },
  role: { startsWith: ["ROL", "PRT"], within: ["patient"], holds: ["ROL", "PRT"] },
  visitRole: { startsWith: [], within: ["visit", "patient"], holds: ["ROL", "PRT"] },
  procedureRole: { startsWith: [], within: ["procedure"], holds: ["ROL", "PRT"] },
  procedure: { startsWith: ["PR1"], within: ["charge", "visit", "patient"], holds: ["PR1"] },
  guarantor: { startsWith: ["GT1"], within: ["patient"], holds: ["GT1"] },
  charge: { startsWith: ["FT1"], within: ["order", "patient"], holds: ["FT1", "NTE"] },
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
