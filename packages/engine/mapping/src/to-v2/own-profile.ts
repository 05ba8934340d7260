import { type SegmentProfile, type SiteProfile, mergedSegment } from "@trestle/hl7v2/validate";

/**
 * A site's profile over what composed messages have otherwise than the standard; what the site says
 * of a field counts, and leaves alone what it does not speak of.
 */
export function withOwnProfile(profile: SiteProfile): SiteProfile {
  const { segments = {} } = profile;
  const own = Object.entries(optional).map(
    ([name, ours]) => [name, mergedSegment(ours, segments[name] ?? {})] as const,
  );
  return { ...profile, segments: { ...segments, ...Object.fromEntries(own) } };
}

/**
 * Fields that the standard requires and FHIR has nobody for: an Appointment names neither whom to
 * ask nor who entered it. OBR-27 gave way to TQ1.
 *
 * @see HL7 v2.5.1, chapters 10.6.1 (ARQ), 10.6.2 (SCH) and 4.5.3.27 (OBR-27)
 */
const optional: Readonly<Record<string, SegmentProfile>> = {
  ARQ: { fields: { "15": { usage: "optional" }, "19": { usage: "optional" } } },
  OBR: { fields: { "27": { usage: "optional" } } },
  SCH: { fields: { "16": { usage: "optional" }, "20": { usage: "optional" } } },
};
