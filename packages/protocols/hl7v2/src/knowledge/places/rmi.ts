/** RMI, Risk Management Incident: the place of each field. Written by `npm run knowledge`. */
export const RMI = {
  riskManagementIncidentCode: "RMI-1",
  dateTimeIncident: "RMI-2",
  incidentTypeCode: "RMI-3",
} as const;
