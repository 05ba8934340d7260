/** PDA, Patient Death and Autopsy: the place of each field. Written by `npm run knowledge`. */
export const PDA = {
  deathCauseCode: "PDA-1",
  deathLocation: "PDA-2",
  deathCertifiedIndicator: "PDA-3",
  deathCertificateSignedDateTime: "PDA-4",
  deathCertifiedBy: "PDA-5",
  autopsyIndicator: "PDA-6",
  autopsyStartAndEndDateTime: "PDA-7",
  autopsyPerformedBy: "PDA-8",
  coronerIndicator: "PDA-9",
} as const;
