/** CTD, Contact Data: the place of each field. Written by `npm run knowledge`. */
export const CTD = {
  contactRole: "CTD-1",
  contactName: "CTD-2",
  contactAddress: "CTD-3",
  contactLocation: "CTD-4",
  contactCommunicationInformation: "CTD-5",
  preferredMethodOfContact: "CTD-6",
  contactIdentifiers: "CTD-7",
} as const;
