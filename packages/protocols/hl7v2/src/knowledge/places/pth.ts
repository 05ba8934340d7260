/** PTH, Pathway: the place of each field. Written by `npm run knowledge`. */
export const PTH = {
  actionCode: "PTH-1",
  pathwayId: "PTH-2",
  pathwayInstanceId: "PTH-3",
  pathwayEstablishedDateTime: "PTH-4",
  pathwayLifeCycleStatus: "PTH-5",
  changePathwayLifeCycleStatusDateTime: "PTH-6",
  moodCode: "PTH-7",
} as const;
