import type { FhirNotice } from "@trestle/gateway";

/**
 * What a site remarked, as the header `Trestle-Warnings`: a JSON list of kind, code and whether
 * something may be missing. ASCII alone, as headers are, and no words of the site, which may name
 * somebody.
 */
export function warningsHeader(notices: readonly FhirNotice[]): string {
  const told = notices.slice(0, mostNotices).map(({ kind, code, mayMiss, part }) => ({
    kind,
    ...(code !== "" && { code }),
    mayMiss,
    ...(part !== undefined && { part }),
  }));
  return JSON.stringify(told).replaceAll(/[^\u0020-\u007e]/gu, "?");
}

/** A header has its limits; who needs all of them finds them in the Bundle. */
const mostNotices = 50;
