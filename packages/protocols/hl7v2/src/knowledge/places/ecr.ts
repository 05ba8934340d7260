/** ECR, Equipment Command Response: the place of each field. Written by `npm run knowledge`. */
export const ECR = {
  commandResponse: "ECR-1",
  dateTimeCompleted: "ECR-2",
  commandResponseParameters: "ECR-3",
} as const;
