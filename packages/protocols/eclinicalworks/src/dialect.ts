import { type Dialect, type FailureName, plainDialect } from "@trestle/fhir/client";

/** eClinicalWorks' FHIR R4, as far as it differs from the specification. */
export const eclinicalworksDialect: Dialect = {
  ...plainDialect,
  name: "eClinicalWorks",
  judgeForeignBody,
  // Nothing says that searches by POST, or conditions on creates, are kept to.
  searchesByPost: false,
  createsConditionally: false,
  totalCounts: "page",
  // For one address, which is one practice; by its documentation of October 2025.
  requestsPerMinute: 250,
};

/**
 * FHIR R4 address of a practice.
 *
 * @param audience Clinicians and their systems, or patients through their portal.
 */
export function eclinicalworksBaseUrl(
  practiceCode: string,
  audience: "clinicians" | "patients" = "clinicians",
): string {
  const host = audience === "clinicians" ? "fhir4.eclinicalworks.com" : "fhir4.healow.com";
  return `https://${host}/fhir/r4/${encodeURIComponent(practiceCode)}`;
}

/** Refusals are told in a body of OAuth's form with the status as text in it. */
function judgeForeignBody(status: number, body: unknown): FailureName | undefined {
  if (typeof body !== "object" || body === null || !("error" in body)) return undefined;
  const said = String(body.error);
  if (said === "401" || said === "invalid_token") return "tokenRefused";
  if (said === "403" || said === "insufficient_scope") return "apiNotGranted";
  if (said === "429") return "throttled";
  return status === 403 ? "apiNotGranted" : undefined;
}
