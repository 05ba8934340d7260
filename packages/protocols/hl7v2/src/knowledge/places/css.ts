/** CSS, Clinical Study Data Schedule Segment: the place of each field. Written by `npm run knowledge`. */
export const CSS = {
  studyScheduledTimePoint: "CSS-1",
  studyScheduledPatientTimePoint: "CSS-2",
  studyQualityControlCodes: "CSS-3",
} as const;
