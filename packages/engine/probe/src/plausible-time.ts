import { instantOf } from "@trestle/record";

/** Between what a time is plausible, in milliseconds since 1970 UTC. */
export interface TimeLimits {
  readonly earliest: number;
  readonly latest: number;
}

/** Whether a FHIR `date`, `dateTime` or `instant` is one, and lies within the limits. */
export function isPlausible(time: string, { earliest, latest }: TimeLimits): boolean {
  const at = instantOf(time);
  return at !== undefined && at >= earliest && at <= latest;
}

/**
 * Between what times of a resource may lie: from the birth of the patient, where that is known, to
 * now; what plans may name times of the next years.
 *
 * @param status Of the resource: a visit that is planned lies ahead.
 * @param now Milliseconds since 1970 UTC.
 * @param birthDate As FHIR writes it.
 */
export function timeLimits(
  { resourceType: type, status }: { readonly resourceType: string; readonly status?: unknown },
  { now, birthDate }: { readonly now: number; readonly birthDate?: string | undefined },
): TimeLimits {
  const isPlan = planning.has(type) || status === "planned";
  const latest = isPlan ? now + 10 * yearMs : now + dayMs;
  const oldest = now - 130 * yearMs;
  if (ofPeople.has(type)) return { earliest: oldest, latest };
  const born = birthDate === undefined ? undefined : instantOf(birthDate);
  // A birth that lies ahead is wrong itself, and tells nothing. The day is that of the hospital's
  // time zone, not of UTC.
  return { earliest: born === undefined || born > now ? oldest : born - dayMs, latest };
}

const dayMs = 86_400_000;
const yearMs = 365.25 * dayMs;

const planning: ReadonlySet<string> = new Set([
  "Appointment",
  "CarePlan",
  "Contract",
  "Coverage",
  "Goal",
  "ImmunizationRecommendation",
  "MedicationRequest",
  "NutritionOrder",
  "RequestGroup",
  "Schedule",
  "ServiceRequest",
  "Slot",
  "SupplyRequest",
  "Task",
]);

/** Whose times are those of others, or their own birth. */
const ofPeople: ReadonlySet<string> = new Set([
  "FamilyMemberHistory",
  "Patient",
  "Person",
  "Practitioner",
  "RelatedPerson",
]);
