import { type Installation, type SystemKind, systemAt } from "@trestle/epic";
import { localTime } from "../../hl7/local-time.ts";
import type { SiteSwitches } from "../../site/switches.ts";
import { type IdForm, type Ids, createIds } from "../ids.ts";

/** How a site writes its resources. */
export interface FhirSite {
  readonly switches: SiteSwitches;
  readonly ids: Ids;
  /** MSH-4 of its messages, and the name of its hospital's place. */
  readonly facility: string;
  /** The system of a kind of number or code. */
  system(kind: SystemKind): string;
  /** A code of the laboratory's catalogue, as the site has it. */
  ownCode(code: string): string;
  /** The day at the hospital, as `YYYY-MM-DD`. */
  dateOf(at: number): string;
}

export function createFhirSite(given: {
  readonly switches: SiteSwitches;
  readonly facility: string;
  readonly timeZone: string;
  /** Its own codes by those of the catalogue; none where left out. */
  readonly codes?: Readonly<Record<string, string>>;
}): FhirSite {
  const { switches, facility, timeZone, codes = {} } = given;
  const { customerId, environment } = switches;
  const installation: Installation = { customerId, environment };
  const systems = new Map<SystemKind, string>();
  const time = localTime(timeZone);
  return {
    switches,
    facility,
    ids: createIds(`${customerId} ${environment}`),
    system(kind) {
      const known = systems.get(kind) ?? systemAt(installation, kind);
      systems.set(kind, known);
      return known;
    },
    ownCode: (code) => (Object.hasOwn(codes, code) ? codes[code] : undefined) ?? code,
    dateOf(at) {
      const text = time(at);
      return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
    },
  };
}

/** A moment, in UTC and to the second. */
export function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/**
 * Makes something once for each site and gives the same again: many resources share what never
 * changes. Nobody may write into it.
 */
export function perSite<Value>(make: (site: FhirSite) => Value): (site: FhirSite) => Value {
  const values = new WeakMap<FhirSite, Value>();
  return (site) => {
    const value = values.get(site) ?? make(site);
    values.set(site, value);
    return value;
  };
}

/** The same for each key of a site, such as the codes of a vital sign. */
export function remembered<Key extends object, Value>(
  make: (site: FhirSite, key: Key) => Value,
): (site: FhirSite, key: Key) => Value {
  const keysOf = perSite(() => new WeakMap<Key, Value>());
  return (site, key) => {
    const values = keysOf(site);
    const known = values.get(key);
    if (known !== undefined) return known;
    const value = make(site, key);
    values.set(key, value);
    return value;
  };
}

/** Where a record is filed; what is left out is 0. */
export interface Place {
  readonly owner?: number;
  readonly kind?: number;
  readonly item?: number;
  readonly part?: number;
}

/** The FHIR id of a record. */
export function recordId(site: FhirSite, type: string, place: Place): string {
  const { owner = 0, kind = 0, item = 0, part = 0 } = place;
  const form = formsByKind[`${type} ${kind}`] ?? forms[type] ?? "stored-long";
  return site.ids.print(form, { type, owner, kind, item, part });
}

/** Records that are numbered apart within their type. */
export const recordKinds = {
  Condition: { problem: 0, diagnosis: 1, concern: 2 },
  Observation: {
    lab: 0,
    toldVitals: 1,
    pastVitals: 2,
    smoking: 3,
    bloodType: 4,
    pregnancies: 5,
    food: 6,
    answers: 7,
    line: 8,
    lineProperty: 9,
    lineAssessment: 10,
    delivery: 11,
    newborn: 12,
    exam: 13,
    imaging: 14,
  },
  MedicationRequest: { home: 0, ward: 1 },
  Practitioner: { provider: 0, user: 1, background: 2 },
  Organization: { hospital: 0, payer: 1 },
  Location: { department: 0, hospital: 1 },
  Binary: { html: 0, rtf: 1, summary: 2 },
  DocumentReference: { note: 0, summary: 1 },
} as const;

/** Of those whose ids are not long ones of stored records. */
const forms: Readonly<Record<string, IdForm>> = {
  Patient: "stored",
  Encounter: "stored",
  Immunization: "stored",
  Practitioner: "stored",
  Observation: "composite",
  Medication: "composite",
  Binary: "composite",
};

const formsByKind: Readonly<Record<string, IdForm>> = {
  [`Condition ${recordKinds.Condition.problem}`]: "stored",
  [`Condition ${recordKinds.Condition.diagnosis}`]: "composite",
  [`Observation ${recordKinds.Observation.toldVitals}`]: "composite-long",
  [`Observation ${recordKinds.Observation.pastVitals}`]: "composite-long",
};
