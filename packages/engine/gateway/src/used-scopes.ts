/** How often a needed scope was used at a site within some days. */
export interface UsedScope {
  readonly scope: string;
  /** Requests that the site answered. */
  readonly count: number;
  /** Requests that it refused. */
  readonly refused: number;
  /** The last day on which it was used, `2026-03-01`, in UTC. */
  readonly lastDay: string;
}

/** An environment of a site. */
export interface UsedAt {
  readonly site: string;
  readonly environment: string;
}

/** What was granted when it was last granted, by a token that was received. */
export interface ObservedScopes {
  readonly scopes: readonly string[];
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** Which scopes traffic used, day by day. */
export interface UsedScopes {
  /** Since when use is measured at a site; undefined before its first request. */
  since(of: UsedAt): Promise<string | undefined>;
  /** @param fromDay The first day that counts, `2026-03-01`. */
  used(of: UsedAt, fromDay: string): Promise<readonly UsedScope[]>;
  observed(of: UsedAt): Promise<ObservedScopes | undefined>;
  /** Keeps what a token that was just received grants. */
  observe(of: UsedAt, scopes: ObservedScopes): Promise<void>;
}
