/** SCP, Sterilizer Configuration (Anti-Microbial Devices): the place of each field. Written by `npm run knowledge`. */
export const SCP = {
  numberOfDecontaminationSterilizationDevices: "SCP-1",
  laborCalculationType: "SCP-2",
  dateFormat: "SCP-3",
  deviceNumber: "SCP-4",
  deviceName: "SCP-5",
  deviceModelName: "SCP-6",
  deviceType: "SCP-7",
  lotControl: "SCP-8",
} as const;
