/** In how many messages rows of a site's code tables were used. No patient data. */
export interface RowUsesOfSite {
  readonly site: string;
  readonly rows: readonly {
    readonly table: string;
    readonly local: string;
    readonly count: number;
  }[];
}

/** A row that messages used. */
export interface UsedRow {
  readonly table: string;
  readonly local: string;
  /** In how many messages. */
  readonly count: number;
  /** Milliseconds since 1970 UTC. */
  readonly lastUsedAt: number;
}

/** Which rows traffic used. */
export interface RowUses {
  /** Since when rows are counted; undefined before the first. Milliseconds since 1970 UTC. */
  since(): Promise<number | undefined>;
  /** Those of a site, or of one of its tables. */
  used(of: { readonly site: string; readonly table?: string }): Promise<readonly UsedRow[]>;
}
