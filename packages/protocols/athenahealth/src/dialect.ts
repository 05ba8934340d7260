import { type Dialect, plainDialect } from "@trestle/fhir/client";

/** Whose data is asked for: all tenants share one address, and parameters tell them apart. */
export interface AthenahealthTenant {
  /** Such as `Organization/a-1.Practice-195900`. */
  readonly practice?: string;
  readonly brand?: string;
  readonly department?: string;
  readonly providerGroup?: string;
  readonly chartSharingGroup?: string;
}

/** athenahealth's FHIR R4, as far as it differs from the specification. */
export function athenahealthDialect(tenant: AthenahealthTenant): Dialect {
  return {
    ...plainDialect,
    name: "athenahealth",
    parameters: parametersOf(tenant),
    // Nothing says that searches by POST, or conditions on creates, are kept to.
    searchesByPost: false,
    createsConditionally: false,
    totalCounts: "page",
  };
}

/** FHIR R4 address that production and its preview have for every tenant. */
export const athenahealthBaseUrls = {
  production: "https://api.platform.athenahealth.com/fhir/r4",
  preview: "https://api.preview.platform.athenahealth.com/fhir/r4",
} as const;

function parametersOf(tenant: AthenahealthTenant): Readonly<Record<string, string>> {
  const named = {
    "ah-practice": tenant.practice,
    "ah-brand": tenant.brand,
    "ah-department": tenant.department,
    "ah-provider-group": tenant.providerGroup,
    "ah-chart-sharing-group": tenant.chartSharingGroup,
  };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
