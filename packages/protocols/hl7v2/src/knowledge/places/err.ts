/** ERR, Error: the place of each field. Written by `npm run knowledge`. */
export const ERR = {
  errorCodeAndLocation: "ERR-1",
  errorLocation: "ERR-2",
  hl7ErrorCode: "ERR-3",
  severity: "ERR-4",
  applicationErrorCode: "ERR-5",
  applicationErrorParameter: "ERR-6",
  diagnosticInformation: "ERR-7",
  userMessage: "ERR-8",
  informPersonIndicator: "ERR-9",
  overrideType: "ERR-10",
  overrideReasonCode: "ERR-11",
  helpDeskContactPoint: "ERR-12",
} as const;
