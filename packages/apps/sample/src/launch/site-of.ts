/**
 * The site that belongs to a FHIR base, however its scheme and host are written and whether or not it
 * ends with a slash; undefined for a base that none belongs to.
 */
export function siteOf(
  servers: Readonly<Record<string, string>>,
  fhirBaseUrl: string,
): string | undefined {
  const asked = comparable(fhirBaseUrl);
  return Object.entries(servers).find(([base]) => comparable(base) === asked)?.[1];
}

function comparable(address: string): string {
  return (URL.parse(address)?.href ?? address).replace(/\/+$/u, "");
}
