import type { Clock, Random } from "@trestle/base";
import type { Authority } from "../../access/grant.ts";
import { type SandboxLimits, sandboxLimits } from "../../site/limits.ts";
import type { SiteSwitches } from "../../site/switches.ts";
import type { FhirStore } from "../store.ts";

/** What the FHIR server is made of. */
export interface FhirParts {
  readonly store: FhirStore;
  readonly authority: Authority;
  /** Asked for each request, since a site can be changed while it runs. */
  readonly switches: () => SiteSwitches;
  /** Real time: sessions and exports expire by it. */
  readonly clock: Clock;
  /** Draws the ids of sessions and exports. */
  readonly random: Random;
  /** IANA name of the hospital's zone, for dates without an offset. */
  readonly timeZone: string;
  /** The capability statement, as the client of this id is told it. */
  readonly capability: (about: CapabilityRequest) => object;
  /**
   * The address in front of the path that clients reach the site by, `https://fhir.example.org`.
   * Where it is left out, the one by which the request came.
   */
  readonly origin?: string;
  readonly limits?: Partial<FhirLimits>;
}

export interface CapabilityRequest {
  /** `{root}/api/FHIR/R4`. */
  readonly base: string;
  /** `{root}`. */
  readonly root: string;
  /** Of the header `Epic-Client-ID`. */
  readonly clientId?: string;
}

export interface FhirLimits extends Pick<
  SandboxLimits,
  "maxSessions" | "maxExports" | "maxWrittenIds" | "maxFileResources"
> {
  /** Bytes of a request. */
  readonly maxBodyBytes: number;
}

export const defaultLimits: FhirLimits = { maxBodyBytes: 5_000_000, ...sandboxLimits.parse({}) };
