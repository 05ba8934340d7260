/** PSH, Product Summary Header: the place of each field. Written by `npm run knowledge`. */
export const PSH = {
  reportType: "PSH-1",
  reportFormIdentifier: "PSH-2",
  reportDate: "PSH-3",
  reportIntervalStartDate: "PSH-4",
  reportIntervalEndDate: "PSH-5",
  quantityManufactured: "PSH-6",
  quantityDistributed: "PSH-7",
  quantityDistributedMethod: "PSH-8",
  quantityDistributedComment: "PSH-9",
  quantityInUse: "PSH-10",
  quantityInUseMethod: "PSH-11",
  quantityInUseComment: "PSH-12",
  numberOfProductExperienceReportsFiledByFacility: "PSH-13",
  numberOfProductExperienceReportsFiledByDistributor: "PSH-14",
} as const;
