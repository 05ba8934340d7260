import type { ChannelSettings, DestinationSettings } from "@trestle/channels/settings";
import type { ConfigProblem, PlaceOf } from "@trestle/config";
import type { CodeRow } from "@trestle/mapping";
import type { NeedsSettings } from "./needs-settings.ts";
import type { OverlaySettings } from "./overlay-settings.ts";
import type { PeopleSettings } from "./people-settings.ts";
import type { ProfileSettings } from "./profile-settings.ts";
import type { Settings } from "./settings.ts";
import type { SiteSettings } from "./site-settings.ts";
import type { WhatIfSettings } from "./what-if-settings.ts";

/** Files of one kind by name; undefined where a file has problems of its own. */
export type Named<T> = ReadonlyMap<string, T | undefined>;

/** What the files of a folder say, each read for itself. */
export interface Parts {
  readonly settings: Settings | undefined;
  /** What the application needs; undefined where no file says so. */
  readonly needs: NeedsSettings | undefined;
  /** What differences between revisions do no harm; undefined where no file says so. */
  readonly whatIf: WhatIfSettings | undefined;
  readonly channels: Named<ChannelSettings>;
  readonly destinations: Named<DestinationSettings>;
  readonly sites: Named<SiteSettings>;
  /** By site. */
  readonly overlays: Named<OverlaySettings>;
  /** By site. */
  readonly people: Named<PeopleSettings>;
  /** By site. */
  readonly profiles: Named<ProfileSettings>;
  /** Names of the files under transforms/. */
  readonly transforms: ReadonlySet<string>;
  /** The good rows of each code table, by site and table. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, readonly CodeRow[]>>;
  /** Finds keys and values of the files that could be read. */
  readonly places: ReadonlyMap<string, PlaceOf>;
  /** What the YAML files say, without what schemas add. */
  readonly written: ReadonlyMap<string, unknown>;
  /** YAML files and tables with problems of their own. */
  readonly broken: ReadonlySet<string>;
}

/** A problem between files, at a key or value of one of them; an empty path is its beginning. */
export interface CrossProblem extends Omit<ConfigProblem, "line" | "column"> {
  readonly path: readonly PropertyKey[];
  /** The value is meant where left out. */
  readonly part?: "key" | undefined;
}
