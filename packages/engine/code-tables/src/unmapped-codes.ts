/** A code that messages of a site had and that has no row in its table. No patient data. */
export interface UnmappedCodeSeen {
  readonly site: string;
  readonly table: string;
  /** As it was sent; empty for all that are not short and plain together. */
  readonly local: string;
  /** Where it was last seen, such as `OBX-3`. */
  readonly field: string;
  /** In how many messages. */
  readonly count: number;
  /** Milliseconds since 1970 UTC. */
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  /** The positions of the last messages that had it, newest first; at most ten. */
  readonly positions: readonly number[];
}

/** A message, and the codes of it that have no row. */
export interface UnmappedCodesHeard {
  readonly site: string;
  readonly position: number;
  /** Milliseconds since 1970 UTC. */
  readonly receivedAt: number;
  readonly codes: readonly Pick<UnmappedCodeSeen, "table" | "local" | "field">[];
}

/** Most frequent first, or those that were seen last. */
export type UnmappedCodesOrder = "count" | "lastSeen";

/** Which codes to list. */
export interface UnmappedCodesWanted {
  readonly site?: string | undefined;
  readonly table?: string | undefined;
  /** Exactly as it was sent. */
  readonly local?: string | undefined;
  readonly order: UnmappedCodesOrder;
  /** Only those behind this one, which was the last of a page in the same order. */
  readonly after?: UnmappedCodePlace | undefined;
  readonly limit: number;
}

/** Where a page ended. */
export type UnmappedCodePlace = Pick<
  UnmappedCodeSeen,
  "site" | "table" | "local" | "count" | "lastSeenAt"
>;

/** A table of a site that lacks rows. */
export type CodesOfTable = Pick<UnmappedCodeSeen, "site" | "table">;

/** What has no row yet, as far as messages had it. */
export interface UnmappedCodes {
  list(wanted: UnmappedCodesWanted): Promise<readonly UnmappedCodeSeen[]>;
  /** Every code of a site, without what else is known of it. */
  codesOf(site: string): Promise<readonly Pick<UnmappedCodeSeen, "table" | "local">[]>;
  /** The tables that codes are missing in, by site and name. */
  tables(): Promise<readonly CodesOfTable[]>;
}
