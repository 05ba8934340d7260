import type { Patient, Practitioner, RelatedPerson } from "@trestle/fhir";
import { z } from "zod";
import type { FhirStore } from "../fhir/store.ts";

/** What a site says of one of its users. */
export const userSettings = z.strictObject({
  login: z.string().min(1).max(100).describe("Whom it is about: the login, in any case."),
  lacks: z
    .array(z.string())
    .default([])
    .describe("Sub-types that this user may not view, such as `Observation (Labs)`."),
  apis: z.array(z.string()).optional().describe("The only APIs that this user may use."),
  actsFor: z
    .array(z.string())
    .default([])
    .describe("Logins of other patients whose record this patient may open, as a proxy."),
});

export type UserSettings = z.infer<typeof userSettings>;

/** Somebody who treats and can sign in to the hospital's program. */
export interface Clinician {
  readonly kind: "clinician";
  readonly login: string;
  readonly id: string;
  readonly practitionerId: string;
  readonly family: string;
  readonly given: string;
  readonly name: string;
}

/** A patient who can sign in to the patients' portal. */
export interface PortalUser {
  readonly kind: "patient";
  readonly login: string;
  readonly patientId: string;
  readonly name: string;
}

/** Who can sign in at the hospital. It is a toy hospital: everybody has the same password. */
export class Users {
  readonly #store: FhirStore;
  readonly #settings = new Map<string, UserSettings>();
  #clinicians: readonly Clinician[] | undefined;

  constructor(store: FhirStore, settings: readonly UserSettings[]) {
    this.#store = store;
    for (const one of settings) this.#settings.set(one.login.toUpperCase(), one);
  }

  /** Staff with a name, in the order of the store; remembered from the first time. */
  get clinicians(): readonly Clinician[] {
    this.#clinicians ??= withLogins([...this.#store.all("Practitioner")].map(resourceOf));
    return this.#clinicians;
  }

  clinician(login: string): Clinician | undefined {
    const wanted = login.trim().toUpperCase();
    return this.clinicians.find((one) => one.login === wanted);
  }

  /** The patient of a portal login. */
  patient(login: string): PortalUser | undefined {
    const wanted = login.trim().toUpperCase();
    for (const { resource } of this.#store.patientsLike({ numbers: [wanted] })) {
      const user = portalUserOf(resource);
      if (user?.login === wanted) return user;
    }
    return undefined;
  }

  /** The first patients who can sign in, for a page that helps a person to try it. */
  somePatients(limit: number): readonly PortalUser[] {
    const found: PortalUser[] = [];
    for (const { resource } of this.#store.all("Patient")) {
      const user = portalUserOf(resource);
      if (user !== undefined) found.push(user);
      if (found.length >= limit) break;
    }
    return found;
  }

  /** Whose records a patient may open beside the own one. */
  wardsOf({ login }: PortalUser): readonly PortalUser[] {
    return (this.#settings.get(login)?.actsFor ?? []).flatMap((name) => this.patient(name) ?? []);
  }

  /** What the site says of a user; nothing special for most. */
  settingsOf(login: string): UserSettings {
    return this.#settings.get(login.toUpperCase()) ?? { login, lacks: [], actsFor: [] };
  }

  /** By which resource a proxy stands: one of the patient's related persons, where there is one. */
  proxyOf(patientId: string): string | undefined {
    const [filed] = this.#store.ofPatient("RelatedPerson", patientId);
    return (filed?.resource as RelatedPerson | undefined)?.id;
  }
}

/** The password of everybody. It is shown on the pages that ask for it. */
export const everybodysPassword = "trestle";

function resourceOf({ resource }: { readonly resource: object }): Practitioner {
  return resource as Practitioner;
}

/** Logins are made from names, with a number where two would have the same. */
function withLogins(practitioners: readonly Practitioner[]): readonly Clinician[] {
  const taken = new Map<string, number>();
  return practitioners.flatMap((practitioner) => {
    const { id, name: [official] = [], identifier = [] } = practitioner;
    const number = identifier.find(({ type }) => isOwnNumber(type?.text))?.value;
    // Without a number of its own it is no person: interfaces write in the name of one such.
    if (id === undefined || number === undefined || official?.family === undefined) return [];
    const { family, given: [given = ""] = [] } = official;
    const plain = plainLetters(`${given.charAt(0)}${family}`);
    const count = (taken.get(plain) ?? 0) + 1;
    taken.set(plain, count);
    const login = count === 1 ? plain : `${plain}${count}`;
    const name = official.text ?? `${given} ${family}`.trim();
    return [{ kind: "clinician", login, id: number, practitionerId: id, family, given, name }];
  });
}

/** A portal login is among the identifiers; who has none cannot sign in. */
function portalUserOf(resource: object): PortalUser | undefined {
  const { id, identifier = [], name = [] } = resource as Patient;
  const login = identifier.find(({ type }) => type?.text === "MYCHARTLOGIN")?.value?.toUpperCase();
  if (id === undefined || login === undefined) return undefined;
  const [official] = name;
  const shown = official?.text ?? `${official?.given?.join(" ") ?? ""} ${official?.family ?? ""}`;
  return { kind: "patient", login, patientId: id, name: shown.trim() };
}

function isOwnNumber(kind: string | undefined): boolean {
  return kind === "PROVID" || kind === "LOGIN";
}

function plainLetters(text: string): string {
  return text
    .normalize("NFD")
    .toUpperCase()
    .replaceAll(/[^A-Z]/gu, "");
}
