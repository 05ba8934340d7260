import type { Phi, Problem } from "@trestle/base";
import type { Parameter } from "./needs.ts";
import type { RequestStatistics } from "./request-statistics.ts";

/** One door to the FHIR side of all sites, for the application that the hub works for. */
export interface Gateway {
  /**
   * One page of a search. Where the scopes allow only a part of what is asked for, that part is
   * searched; a `next` of the Bundle leads to the page behind it, by the same door.
   *
   * @throws {TrestleError} `gateway.unknownSite`, `gateway.notNeeded`, `gateway.cursorUnknown`,
   * `fhir.*` and `smart.*`; `failureStatus` says what to answer.
   */
  search(site: string, asked: SearchAsked): Promise<FhirAnswer>;

  /** One resource. @throws as `search`. */
  read(site: string, asked: ReadAsked): Promise<FhirAnswer>;

  /** How each site is reached and has answered lately; asks nobody. */
  connections(): readonly SiteConnection[];

  /**
   * What a site can and what is granted there. Asks the site, unless it said so a while ago.
   *
   * @throws {TrestleError} `gateway.unknownSite`
   */
  site(site: string): Promise<SiteFhirState>;

  /**
   * What an HTTP server that stands between answers for a failure of the gateway, of a site or of the
   * sign-in there; undefined for any other.
   */
  failureStatus(error: unknown): number | undefined;

  /** How long to wait before the same is asked again, in whole seconds; undefined where that is of no use. */
  retryAfterSeconds(error: unknown): number | undefined;
  /** What a site's own code tells, in words of ours; undefined where nothing more is known of it. */
  meaningOf(site: string, code: string): string | undefined;

  /**
   * What a site would have to grant for a search of a type, by the names that it uses itself; none
   * where it grants by scopes alone, or there is no such site.
   *
   * @param category The code of a category, where only that is searched for.
   */
  accessNames(site: string, type: string, category?: string): readonly string[];

  /** Ends what is under way. */
  close(): Promise<void>;
}

export interface SearchAsked {
  /** Who asks, by an id of our own. A cursor opens for them alone, as its pages are recorded so. */
  readonly reader: string;
  readonly type: string;
  readonly parameters: readonly Parameter[];
}

export interface ReadAsked {
  readonly type: string;
  readonly id: string;
}

/** What a site answered, as the application gets it. */
export interface FhirAnswer {
  readonly status: number;
  /** A FHIR R4 resource, printed; decimals have the digits that the site wrote. */
  readonly json: Phi<string>;
  readonly notices: readonly FhirNotice[];
  /** Whose data is in it, by ids of our own, for the access record. */
  readonly subjects: readonly string[];
}

/** What a site remarked about a good answer. */
export interface FhirNotice {
  /** Such as `applicationLacksAccess`. */
  readonly kind: string;
  /** Whether something that exists may be missing. */
  readonly mayMiss: boolean;
  /** The site's own code; empty where it gave none. */
  readonly code: string;
  /** What it means, in our words. */
  readonly text: string;
  /** What to do about it, and at whom. */
  readonly hint: string;
  /** What the site would have to grant, by the names that it uses itself; where that is known. */
  readonly missing?: readonly string[];
  /** The part of a search that it is about, such as `category=laboratory`. */
  readonly part?: string;
}

/** How a site is reached. */
export interface SiteConnection {
  readonly site: string;
  readonly url: string;
  readonly dialect: string;
  readonly token: {
    /** `failed`: the sign-in came to no answer, of which the site may know nothing. */
    readonly state: "none" | "valid" | "refused" | "failed";
    /** Milliseconds since 1970 UTC. */
    readonly expiresAt?: number;
  };
  readonly requests: RequestStatistics;
  readonly load: SiteLoad;
}

/** How much the hub asks of a site at most, all who ask it together. */
export interface SiteLoad {
  readonly maxConcurrent: number;
  /** How fast requests may begin; undefined where nothing is said of it. */
  readonly throttle?: { readonly requestsPerSecond: number; readonly burst: number };
  /** What was agreed for an hour; undefined where nothing is said of it. */
  readonly budget?: {
    readonly peakRequestsPerHour: number;
    readonly offPeakRequestsPerHour: number;
  };
}

/** What a site can, as it says itself. */
export interface SiteFhirState extends SiteConnection {
  /** What answers, with its version; empty where it did not say. */
  readonly software: string;
  readonly fhirVersion: string;
  /** Milliseconds since 1970 UTC. */
  readonly checkedAt?: number;
  readonly capabilities: readonly Capability[];
  readonly scopes: {
    readonly needed: readonly string[];
    /** Asked for at sign-in; empty where the server wants no such parameter. */
    readonly requested: readonly string[];
    /** What the hospital said that it approved; absent where nobody wrote it down. */
    readonly approved?: readonly string[];
    /** Needed or asked for, and not approved, or only in part. */
    readonly notApproved: readonly string[];
    readonly granted: readonly string[];
    /** Needed and granted. */
    readonly met: readonly string[];
    /** Needed and not granted. */
    readonly missing: readonly string[];
    /** Granted and not needed. */
    readonly surplus: readonly string[];
  };
  /** Why it cannot be asked at the moment. */
  readonly problem?: Problem;
}

export interface Capability {
  readonly type: string;
  readonly interactions: readonly string[];
  readonly searchParameters: readonly string[];
}
