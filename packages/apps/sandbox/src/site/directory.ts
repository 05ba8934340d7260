import { hospitalName } from "../fhir/resources/references.ts";
import type { Addresses } from "./addresses.ts";

/**
 * The public list of the addresses of hospitals, as the vendor publishes it: here of one hospital.
 * That the reference to the organization lacks its mark, and that the address ends with a slash, is
 * so in the published one.
 *
 * @param nowMs When it is asked for, in milliseconds since 1970.
 */
export function endpointDirectory({ fhirBase }: Addresses, nowMs: number): object {
  const organizationId = Buffer.from(hospitalName).toString("base64");
  const endpoint = {
    resourceType: "Endpoint",
    id: "00000000-0000-ec11-9155-000000000001",
    contained: [{ resourceType: "Organization", id: organizationId, name: hospitalName }],
    status: "active",
    connectionType: {
      system: "http://terminology.hl7.org/CodeSystem/endpoint-connection-type",
      code: "hl7-fhir-rest",
    },
    name: hospitalName,
    managingOrganization: { reference: organizationId },
    period: { start: "2024-11-08T00:00:00-06:00" },
    payloadType: [{ coding: [{ system: payloadTypes, code: "NA" }] }],
    payloadMimeType: [
      "application/fhir+json",
      "application/json+fhir",
      "application/xml+fhir",
      "application/fhir+xml",
    ],
    address: `${fhirBase}/`,
  };
  return {
    resourceType: "Bundle",
    type: "collection",
    timestamp: new Date(nowMs).toISOString(),
    total: 1,
    entry: [{ resource: endpoint }],
  };
}

export const directoryPath = "/Endpoints/R4";

const payloadTypes =
  "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/EndpointPayloadTypeCS";
