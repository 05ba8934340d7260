/** A resource as a receiver has it. */
export type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string };

/** What US Core asks of a resource beyond R4. */
interface Profile {
  readonly name: string;
  /** Whether the resource claims to be of this kind; all of the type where left out. */
  readonly when?: (resource: Resource) => boolean;
  /**
   * Each must be there: `name`; in every item of a list `identifier[].system`; one of several
   * `name[].family|name[].given`; one of a choice `effective*`.
   */
  readonly needs: readonly string[];
}

/** The profile that applies to a resource, and what of it the resource lacks. */
export interface UsCoreFinding {
  readonly profile: string;
  readonly lacks: readonly string[];
}

/**
 * What US Core 6.1.0 requires and a resource does not have. Only elements whose least number is one,
 * and the invariants that ask for an element; what a sender must support but may lack is not looked at.
 *
 * @returns Undefined where no profile applies to the resource.
 * @see US Core 6.1.0
 */
export function usCoreFinding(resource: Resource): UsCoreFinding | undefined {
  const applying = profiles[resource.resourceType] ?? [];
  const profile = applying.find(({ when }) => when === undefined || when(resource));
  if (profile === undefined) return undefined;
  return { profile: profile.name, lacks: profile.needs.filter((need) => !isMet(resource, need)) };
}

function isMet(resource: Resource, need: string): boolean {
  return need.split("|").some((path) => has(resource, path.split(".")));
}

/** A list without items has nothing in each of them, so that it lacks nothing there. */
function has(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return value !== undefined;
  if (typeof value !== "object" || value === null) return false;
  const name = step.replace("[]", "");
  const found = Object.entries(value).find(([key]) => isNamed(key, name))?.[1] as unknown;
  if (step.endsWith("[]")) return [found ?? []].flat().every((item) => has(item, rest));
  const items = Array.isArray(found) ? (found as unknown[]) : [found];
  return items.some((item) => item !== undefined && (rest.length === 0 || has(item, rest)));
}

function isNamed(key: string, name: string): boolean {
  return name.endsWith("*") ? key.startsWith(name.slice(0, -1)) : key === name;
}

/** Whether a concept of the resource has one of the codes. */
function isOf(element: string, ...codes: readonly string[]) {
  return (resource: Resource): boolean => {
    const text = JSON.stringify(resource[element] ?? []);
    return codes.some((code) => text.includes(`"code":"${code}"`));
  };
}

const measured = "value*|dataAbsentReason|component|hasMember";

const profiles: Readonly<Record<string, readonly Profile[]>> = {
  AllergyIntolerance: [{ name: "AllergyIntolerance", needs: ["code", "patient"] }],
  CarePlan: [{ name: "CarePlan", needs: ["status", "intent", "category", "subject"] }],
  CareTeam: [
    {
      name: "CareTeam",
      needs: ["subject", "participant", "participant[].role", "participant[].member"],
    },
  ],
  Condition: [
    {
      name: "Condition, encounter diagnosis",
      when: isOf("category", "encounter-diagnosis"),
      needs: ["category", "code", "subject"],
    },
    { name: "Condition, problem", needs: ["category", "code", "subject"] },
  ],
  Coverage: [
    {
      name: "Coverage",
      needs: ["identifier|subscriberId", "status", "relationship", "beneficiary", "payor"],
    },
  ],
  Device: [
    {
      name: "Device, implantable",
      when: ({ udiCarrier }) => udiCarrier !== undefined,
      needs: ["type", "patient"],
    },
  ],
  DiagnosticReport: [
    {
      name: "DiagnosticReport, laboratory",
      when: isOf("category", "LAB"),
      needs: ["category", "code", "subject", "effective*", "issued"],
    },
    { name: "DiagnosticReport, note", needs: ["category", "code", "subject", "effective*"] },
  ],
  DocumentReference: [
    {
      name: "DocumentReference",
      needs: [
        "status",
        "type",
        "category",
        "subject",
        "content.attachment.data|content.attachment.url",
      ],
    },
  ],
  Encounter: [
    {
      name: "Encounter",
      needs: ["status", "class", "type", "subject", "identifier[].system", "identifier[].value"],
    },
  ],
  Goal: [{ name: "Goal", needs: ["lifecycleStatus", "description", "subject"] }],
  Immunization: [
    {
      name: "Immunization",
      needs: ["status", "vaccineCode", "patient", "occurrence*", "primarySource"],
    },
  ],
  Location: [{ name: "Location", needs: ["name"] }],
  Medication: [{ name: "Medication", needs: ["code"] }],
  MedicationDispense: [{ name: "MedicationDispense", needs: ["status", "medication*", "subject"] }],
  MedicationRequest: [
    { name: "MedicationRequest", needs: ["status", "intent", "medication*", "subject"] },
  ],
  Observation: [
    {
      name: "Observation, laboratory",
      when: isOf("category", "laboratory"),
      needs: ["status", "category", "code", "subject", measured],
    },
    {
      name: "Observation, vital signs",
      when: isOf("category", "vital-signs"),
      needs: ["status", "category", "code", "subject", "effective*", measured],
    },
    {
      name: "Observation, smoking status",
      when: isOf("code", "72166-2"),
      needs: ["status", "category", "code", "subject", "effective*", "value*"],
    },
    {
      name: "Observation, of another of its categories",
      when: isOf("category", "social-history", "survey", "sdoh", "imaging"),
      needs: ["status", "category", "code", "subject", `${measured}|derivedFrom`],
    },
  ],
  Organization: [{ name: "Organization", needs: ["active", "name"] }],
  Patient: [
    {
      name: "Patient",
      needs: [
        "identifier",
        "identifier[].system",
        "identifier[].value",
        "name",
        "name.family|name.given",
        "gender",
        "telecom[].system",
        "telecom[].value",
      ],
    },
  ],
  Practitioner: [{ name: "Practitioner", needs: ["identifier", "name", "name[].family"] }],
  PractitionerRole: [
    { name: "PractitionerRole", needs: ["practitioner|organization|healthcareService|location"] },
  ],
  Procedure: [{ name: "Procedure", needs: ["status", "code", "subject", "performed*"] }],
  Provenance: [{ name: "Provenance", needs: ["target", "recorded", "agent", "agent[].who"] }],
  RelatedPerson: [{ name: "RelatedPerson", needs: ["active", "patient", "name|relationship"] }],
  ServiceRequest: [{ name: "ServiceRequest", needs: ["status", "intent", "code", "subject"] }],
  Specimen: [{ name: "Specimen", needs: ["type"] }],
};
