import { type ApiUse, allowsApi, subTypeWord } from "@trestle/epic";
import type { Grant } from "../../access/grant.ts";
import type { SiteSwitches } from "../../site/switches.ts";
import type { Filed, FhirStore } from "../store.ts";
import { type Answer, Refused } from "./exchange.ts";

/** What the one who asks may see and do. */
export class Access {
  readonly grant: Grant;
  readonly #parts: AccessParts;
  readonly #restrictions = new Map<string, Restriction | undefined>();

  constructor(grant: Grant, parts: AccessParts) {
    this.grant = grant;
    this.#parts = parts;
  }

  /** The only patient whom this one sees: a patient's own token, and a proxy's. */
  get boundTo(): string | undefined {
    const { user, patientId } = this.grant;
    return user.kind === "patient" ? (patientId ?? user.patientId) : undefined;
  }

  /**
   * Who asks, in one word: the client, the user and the patient to whom the token is bound. What one
   * was handed for later, such as a search with further pages, is for nobody else.
   */
  get holder(): string {
    const { clientId, user } = this.grant;
    const who = user.kind === "clinician" ? user.practitionerId : "";
    return [clientId, user.kind, who, this.boundTo ?? ""].join(" ");
  }

  /** Whether the client has the API. */
  mayUse(use: ApiUse): boolean {
    return isGranted(this.grant.apis, use);
  }

  /** @throws {Refused} 403 with nothing in it, where the client does not have the API. */
  needs(use: ApiUse): void {
    if (!this.mayUse(use)) throw new Refused(this.#refusal());
  }

  #refusal(): Answer {
    const isJson = this.#parts.switches.refusalBody === "json";
    return isJson ? { ...insufficientScope, body: jsonRefusal } : insufficientScope;
  }

  /** Whether the user lacks the right to this part of a type. */
  isHidden(type: string, subType: string): boolean {
    const name = subType === "" ? type : `${type} (${subTypeWord(subType)})`;
    return this.grant.hiddenFromUser.has(name) || this.#parts.switches.userRights.includes(name);
  }

  /** Whether a patient's resources may be seen; those of none are seen by all. */
  seesPatient(patientId: string | undefined): boolean {
    const { boundTo } = this;
    return boundTo === undefined || patientId === undefined || patientId === boundTo;
  }

  /** Whether it tells nothing that this one may not see. */
  sees({ patientId, resource }: Filed): boolean {
    if (this.boundTo !== undefined && isKeptFromPatients(resource)) return false;
    return this.seesPatient(patientId);
  }

  /** By which code a patient is withheld from whoever is not the patient. */
  restrictionOf(patientId: string | undefined): Restriction | undefined {
    const codes = this.#parts.switches.breakTheGlassPatients;
    if (patientId === undefined || this.grant.user.kind === "patient") return undefined;
    if (Object.keys(codes).length === 0) return undefined;
    if (!this.#restrictions.has(patientId)) {
      this.#restrictions.set(patientId, restrictionOf(patientId, codes, this.#parts.store));
    }
    return this.#restrictions.get(patientId);
  }
}

/** Code of a restricted patient: never, only by breaking the glass, or in part. */
export type Restriction = "4130" | "4131" | "4134";

export interface AccessParts {
  readonly store: FhirStore;
  readonly switches: SiteSwitches;
}

/** A group tells of many patients; a note can be marked as none for its own. */
function isKeptFromPatients(resource: Filed["resource"]): boolean {
  if (resource.resourceType === "Group") return true;
  if (resource.resourceType !== "DocumentReference") return false;
  const labels = resource.securityLabel?.flatMap(({ coding = [] }) => coding) ?? [];
  return labels.some(({ code }) => code === "NOPAT");
}

/** Names are read once for a grant, since a search asks for every resource. */
function isGranted(apis: ReadonlySet<string>, use: ApiUse): boolean {
  const known = answers.get(apis) ?? new Map<string, boolean>();
  answers.set(apis, known);
  const key = `${use.type}.${use.operation}.${use.subType ?? ""}`;
  const answer = known.get(key) ?? allowsApi(apis, use);
  known.set(key, answer);
  return answer;
}

const answers = new WeakMap<ReadonlySet<string>, Map<string, boolean>>();

function restrictionOf(
  patientId: string,
  codes: SiteSwitches["breakTheGlassPatients"],
  store: FhirStore,
): Restriction | undefined {
  const patient = store.read("Patient", patientId)?.resource;
  if (patient?.resourceType !== "Patient") return undefined;
  const numbers = patient.identifier?.map(({ value = "" }) => value) ?? [];
  const restricted = numbers.find((number) => Object.hasOwn(codes, number));
  return restricted === undefined ? undefined : codes[restricted];
}

/** For a token that is not valid: two quotation marks. */
export const invalidToken: Answer = {
  status: 401,
  headers: {
    "WWW-Authenticate":
      'Bearer error="invalid_token", error_description="The access token provided is not valid"',
  },
  body: { content: '""', contentType: "application/json; charset=utf-8" },
};

/** As eClinicalWorks says it. */
const jsonRefusal = {
  content: JSON.stringify({
    error_description: "invalid_request",
    error: "403",
    error_uri: "https://fhir.example.org/errors/403",
  }),
  contentType: "application/json; charset=utf-8",
};

/** For a token of a client that does not have the API: nothing. */
const insufficientScope: Answer = {
  status: 403,
  headers: {
    "WWW-Authenticate":
      'Bearer error="insufficient_scope", error_description="The access token provided is valid, but is not authorized for this service"',
  },
};
