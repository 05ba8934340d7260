/** UAC, User Authentication Credential Segment: the place of each field. Written by `npm run knowledge`. */
export const UAC = {
  userAuthenticationCredentialTypeCode: "UAC-1",
  userAuthenticationCredential: "UAC-2",
} as const;
