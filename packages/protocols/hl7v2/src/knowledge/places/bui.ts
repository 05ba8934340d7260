/** BUI, Blood Unit Information: the place of each field. Written by `npm run knowledge`. */
export const BUI = {
  setId: "BUI-1",
  bloodUnitIdentifier: "BUI-2",
  bloodUnitType: "BUI-3",
  bloodUnitWeight: "BUI-4",
  weightUnits: "BUI-5",
  bloodUnitVolume: "BUI-6",
  volumeUnits: "BUI-7",
  containerCatalogNumber: "BUI-8",
  containerLotNumber: "BUI-9",
  containerManufacturer: "BUI-10",
  transportTemperature: "BUI-11",
  transportTemperatureUnits: "BUI-12",
} as const;
