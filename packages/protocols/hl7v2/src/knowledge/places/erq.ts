/** ERQ, Event replay query: the place of each field. Written by `npm run knowledge`. */
export const ERQ = {
  queryTag: "ERQ-1",
  eventIdentifier: "ERQ-2",
  inputParameterList: "ERQ-3",
} as const;
