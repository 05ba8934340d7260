/** A quirk that many sites of a vendor have. */
export interface KnownQuirk {
  /** What is seen. */
  readonly what: string;
  /** What it does to who reads, and what Trestle does about it. */
  readonly effect: string;
  /** Resource types of which searches leave something out because of it. */
  readonly concerns?: readonly string[];
}

/** The catalogue, by name. */
export type KnownQuirks = ReadonlyMap<string, KnownQuirk>;
