import type { ChannelSettings, DestinationSettings } from "@trestle/channels/settings";
import type { CodeRow, Overlay, Transform, UnmappedPolicies, ValueSets } from "@trestle/mapping";
import type { SiteProfile } from "@trestle/hl7v2/validate";
import type { Contents } from "./contents.ts";
import type { NeedsSettings } from "./needs-settings.ts";
import type { SiteFhirSettings } from "./site-fhir-settings.ts";
import type { Settings } from "./settings.ts";
import type { HarmlessRule } from "./what-if-settings.ts";
import type { EnvironmentSettings } from "./site-settings.ts";

export type Environment = "nonproduction" | "production";

/** What one environment of a site sends, where it comes in, and which channels take it. */
export interface Feed {
  readonly environment: Environment;
  readonly listener: string;
  readonly channels: readonly string[];
  /** Values of MSH-4; empty where every sender on the listener is meant. */
  readonly sendingFacilities: readonly string[];
}

/** One health system, as plain values. */
export interface Site {
  readonly id: string;
  readonly title: string;
  readonly timeZone: string;
  /** Production where the site has such a feed. */
  readonly environment: Environment;
  readonly feeds: readonly Feed[];
  /** Where its `environment` answers over FHIR, where it does. */
  readonly fhir: SiteFhirSettings | undefined;
  /** By resource type, the method by which it comes. */
  readonly pathways: EnvironmentSettings["pathways"];
  /** By name, in what it does not behave as expected, and in what it does though others do not. */
  readonly quirks: EnvironmentSettings["quirks"];
  /** By the name in integration.yaml, its rows of flowsheets. */
  readonly flowsheets: EnvironmentSettings["flowsheets"];
  /** By the name in integration.yaml, its codes that are of the set. */
  readonly valueSets: ValueSets;
  /** Its own rows by code table, those that its flowsheets make among them; they lie over the product's. */
  readonly tables: ReadonlyMap<string, readonly CodeRow[]>;
  /** What becomes of codes without a row, by table. */
  readonly unmapped: UnmappedPolicies;
  /** Its changes to the base maps, checked. */
  readonly overlay: Overlay;
  /** What its messages have otherwise than the standard. */
  readonly profile: SiteProfile;
  /** Names of the transforms that run for its messages, after those of the channel. */
  readonly transforms: readonly string[];
  /** What its test environment has for itself, where there is one. */
  readonly nonproduction?: Pick<Site, AskedOver> | undefined;
  /**
   * What production does, where approval is demanded and was given; all else here is what the folder
   * says then, and `feeds` has the approved ones.
   */
  readonly production?: ProductionSite | undefined;
  /** Feeds of production as the folder says it, where approval is demanded. */
  readonly unapprovedFeeds?: readonly Feed[];
}

/** What is of an environment, and not of its messages. */
type AskedOver = "timeZone" | "fhir" | "pathways" | "quirks" | "flowsheets" | "valueSets";

/** Production of a site as it was approved. */
export interface ProductionSite extends Pick<
  Site,
  | "id"
  | "title"
  | "timeZone"
  | "fhir"
  | "pathways"
  | "quirks"
  | "flowsheets"
  | "valueSets"
  | "feeds"
  | "tables"
  | "unmapped"
  | "overlay"
  | "profile"
  | "transforms"
> {
  /** Of the folder that was approved. */
  readonly revision: string;
}

/** A whole integration folder, checked and fixed. */
export interface Integration {
  readonly directory: string;
  /** A git commit of 12 digits; `h-` and a content hash where something is not committed. */
  readonly revision: string;
  readonly settings: Settings;
  /** What the application needs; undefined where the folder has no integration.yaml. */
  readonly needs: NeedsSettings | undefined;
  /** Differences from other revisions that do no harm, in the order of the file. */
  readonly harmless: readonly HarmlessRule[];
  readonly channels: ReadonlyMap<string, ChannelSettings>;
  readonly destinations: ReadonlyMap<string, DestinationSettings>;
  readonly sites: ReadonlyMap<string, Site>;
  /** By the name of the file. */
  readonly transforms: ReadonlyMap<string, Transform>;
  /** What each of its files says, to tell it from another revision. */
  readonly contents: Contents;
}
