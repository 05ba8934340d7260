import type { Dialect, FhirClientSettings } from "@trestle/fhir/client";

/** A site that answers over FHIR, as its configuration says. */
export interface SiteToOpen {
  readonly id: string;
  /** Its address and the limits kept towards it. */
  readonly settings: FhirClientSettings;
  /** By which the application is known there. */
  readonly clientId: string;
  /** Whose departures from the standard are evened out. */
  readonly dialect: Dialect;
  /** What is asked for at sign-in; undefined where the server wants no such parameter. */
  readonly scopes: readonly string[] | undefined;
  /** What the hospital said that it approved; undefined where nobody wrote it down. */
  readonly approved?: readonly string[] | undefined;
  readonly limits: SiteLimits;
  /** Types that come otherwise than over FHIR, so that they are not asked for: by which method. */
  readonly otherPathways: ReadonlyMap<string, string>;
  /** By type, what searches are known to leave out at this site. */
  readonly knownGaps: ReadonlyMap<string, readonly KnownGap[]>;
}

/** A reason for which searches leave something out without a word. */
export interface KnownGap {
  /** The name of the quirk. */
  readonly quirk: string;
  /** What it does to who reads. */
  readonly effect: string;
}

/** What the hub keeps for a site. */
export interface SiteLimits {
  /** Cursors of searches that are read page by page. */
  readonly maxOpenSearches: number;
  /** How long such a cursor is good without use. */
  readonly searchIdleSeconds: number;
  /** How far back requests are remembered for the statistics. */
  readonly statisticsMinutes: number;
  /** How many of them. */
  readonly maxStatistics: number;
}
