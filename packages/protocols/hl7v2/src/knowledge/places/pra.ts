/** PRA, Practitioner Detail: the place of each field. Written by `npm run knowledge`. */
export const PRA = {
  primaryKeyValue: "PRA-1",
  practitionerGroup: "PRA-2",
  practitionerCategory: "PRA-3",
  providerBilling: "PRA-4",
  specialty: "PRA-5",
  practitionerIdNumbers: "PRA-6",
  privileges: "PRA-7",
  dateEnteredPractice: "PRA-8",
  institution: "PRA-9",
  dateLeftPractice: "PRA-10",
  governmentReimbursementBillingEligibility: "PRA-11",
  setId: "PRA-12",
} as const;
