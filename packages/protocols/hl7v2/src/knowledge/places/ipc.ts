/** IPC, Imaging Procedure Control Segment: the place of each field. Written by `npm run knowledge`. */
export const IPC = {
  accessionIdentifier: "IPC-1",
  requestedProcedureId: "IPC-2",
  studyInstanceUid: "IPC-3",
  scheduledProcedureStepId: "IPC-4",
  modality: "IPC-5",
  protocolCode: "IPC-6",
  scheduledStationName: "IPC-7",
  scheduledProcedureStepLocation: "IPC-8",
  scheduledStationAeTitle: "IPC-9",
} as const;
