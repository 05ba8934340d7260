/** EDU, Educational Detail: the place of each field. Written by `npm run knowledge`. */
export const EDU = {
  setId: "EDU-1",
  academicDegree: "EDU-2",
  academicDegreeProgramDateRange: "EDU-3",
  academicDegreeProgramParticipationDateRange: "EDU-4",
  academicDegreeGrantedDate: "EDU-5",
  school: "EDU-6",
  schoolTypeCode: "EDU-7",
  schoolAddress: "EDU-8",
  majorFieldOfStudy: "EDU-9",
} as const;
