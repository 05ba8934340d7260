/** Whether resources of this type belong to the site and not to one patient. */
export function isOfSite(resourceType: string): boolean {
  return ofSite.has(resourceType);
}

const ofSite = new Set(["Device", "Location", "Organization", "Practitioner", "PractitionerRole"]);
