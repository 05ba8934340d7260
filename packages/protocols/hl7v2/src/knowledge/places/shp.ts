/** SHP, Shipment: the place of each field. Written by `npm run knowledge`. */
export const SHP = {
  shipmentId: "SHP-1",
  internalShipmentId: "SHP-2",
  shipmentStatus: "SHP-3",
  shipmentStatusDateTime: "SHP-4",
  shipmentStatusReason: "SHP-5",
  shipmentPriority: "SHP-6",
  shipmentConfidentiality: "SHP-7",
  numberOfPackagesInShipment: "SHP-8",
  shipmentCondition: "SHP-9",
  shipmentHandlingCode: "SHP-10",
  shipmentRiskCode: "SHP-11",
} as const;
