/** URD, Results/update Definition: the place of each field. Written by `npm run knowledge`. */
export const URD = {
  rUDateTime: "URD-1",
  reportPriority: "URD-2",
  rUWhoSubjectDefinition: "URD-3",
  rUWhatSubjectDefinition: "URD-4",
  rUWhatDepartmentCode: "URD-5",
  rUDisplayPrintLocations: "URD-6",
  rUResultsLevel: "URD-7",
} as const;
