/** RXC, Pharmacy/Treatment Component Order: the place of each field. Written by `npm run knowledge`. */
export const RXC = {
  rxComponentType: "RXC-1",
  componentCode: "RXC-2",
  componentAmount: "RXC-3",
  componentUnits: "RXC-4",
  componentStrength: "RXC-5",
  componentStrengthUnits: "RXC-6",
  supplementaryCode: "RXC-7",
  componentDrugStrengthVolume: "RXC-8",
  componentDrugStrengthVolumeUnits: "RXC-9",
} as const;
