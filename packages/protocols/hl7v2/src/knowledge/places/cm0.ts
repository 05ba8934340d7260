/** CM0, Clinical Study Master: the place of each field. Written by `npm run knowledge`. */
export const CM0 = {
  setId: "CM0-1",
  sponsorStudyId: "CM0-2",
  alternateStudyId: "CM0-3",
  titleOfStudy: "CM0-4",
  chairmanOfStudy: "CM0-5",
  lastIrbApprovalDate: "CM0-6",
  totalAccrualToDate: "CM0-7",
  lastAccrualDate: "CM0-8",
  contactForStudy: "CM0-9",
  contactsTelephoneNumber: "CM0-10",
  contactsAddress: "CM0-11",
} as const;
