/** CM2, Clinical Study Schedule Master: the place of each field. Written by `npm run knowledge`. */
export const CM2 = {
  setId: "CM2-1",
  scheduledTimePoint: "CM2-2",
  descriptionOfTimePoint: "CM2-3",
  eventsScheduledThisTimePoint: "CM2-4",
} as const;
