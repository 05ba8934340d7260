import type { SegmentTable } from "./table.ts";

/** Referrals. HL7 v2.5.1, chapter 11. */
export const referralSegments: SegmentTable = {
  RF1: {
    name: "Referral",
    fields: [
      ["Status", "CE"],
      ["Priority", "CE"],
      ["Referral type", "CE"],
      ["Disposition", "CE"],
      ["Category", "CE"],
      ["Originating referral ID", "EI"],
      ["Effective from", "TS"],
      ["Expires on", "TS"],
      ["Time of processing", "TS"],
      ["Reason", "CE"],
      ["External referral ID", "EI"],
    ],
  },
  AUT: {
    name: "Authorization",
    fields: [
      ["Authorizing plan", "CE"],
      ["Authorizing company ID", "CE"],
      ["Authorizing company name", "ST"],
      ["Effective from", "TS"],
      ["Expires on", "TS"],
      ["Authorization ID", "EI"],
      ["Reimbursement limit", "CP"],
      ["Requested number of treatments", "NM"],
      ["Authorized number of treatments", "NM"],
      ["Time of processing", "TS"],
    ],
  },
  PRD: {
    name: "Provider",
    fields: [
      ["Provider role", "CE"],
      ["Name", "XPN"],
      ["Address", "XAD"],
      ["Location", "PL"],
      ["Contact", "XTN"],
      ["Preferred contact method", "CE"],
      ["Identifiers", "PLN"],
      ["Role effective from", "TS"],
      ["Role ends", "TS"],
    ],
  },
  CTD: {
    name: "Contact",
    fields: [
      ["Contact role", "CE"],
      ["Name", "XPN"],
      ["Address", "XAD"],
      ["Location", "PL"],
      ["Contact", "XTN"],
      ["Preferred contact method", "CE"],
      ["Identifiers", "PLN"],
    ],
  },
};
