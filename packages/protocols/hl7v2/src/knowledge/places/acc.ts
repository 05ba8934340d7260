/** ACC, Accident: the place of each field. Written by `npm run knowledge`. */
export const ACC = {
  accidentDateTime: "ACC-1",
  accidentCode: "ACC-2",
  accidentLocation: "ACC-3",
  autoAccidentState: "ACC-4",
  accidentJobRelatedIndicator: "ACC-5",
  accidentDeathIndicator: "ACC-6",
  enteredBy: "ACC-7",
  accidentDescription: "ACC-8",
  broughtInBy: "ACC-9",
  policeNotifiedIndicator: "ACC-10",
  accidentAddress: "ACC-11",
  degreeOfPatientLiability: "ACC-12",
  accidentIdentifier: "ACC-13",
} as const;
