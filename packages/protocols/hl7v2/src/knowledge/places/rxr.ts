/** RXR, Pharmacy/Treatment Route: the place of each field. Written by `npm run knowledge`. */
export const RXR = {
  route: "RXR-1",
  administrationSite: "RXR-2",
  administrationDevice: "RXR-3",
  administrationMethod: "RXR-4",
  routingInstruction: "RXR-5",
  administrationSiteModifier: "RXR-6",
} as const;
