import type { ConfigurationProblem } from "./configuration.ts";

/** One thing that would be other in production of a site. */
export interface PromotionDifference {
  /** `settings`, `overlay`, `profile`, or the table as `tables/NAME`. */
  readonly group: string;
  /** The setting's path, or the row's local code. */
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  /** As production has it; absent where it has not. */
  readonly before?: string;
  /** As the folder has it; absent where it has not. */
  readonly after?: string;
}

/** How many are other, by where. */
export interface PromotionGroup {
  readonly group: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** A change of a site that waits for approval before production takes it. */
export interface WaitingPromotion {
  readonly site: string;
  /** The revision that is approved; empty where none is. */
  readonly from: string;
  /** The revision of the folder. */
  readonly to: string;
  readonly differences: readonly PromotionDifference[];
}

/** A revision that came to count for production of a site. */
export interface Promotion {
  /** Counts up. */
  readonly id: number;
  /** Empty where approval itself came to be demanded, or no longer is. */
  readonly site: string;
  /** Somebody approved it; or it was in force when approval came to be demanded. */
  readonly cause: "approved" | "demanded" | "released";
  readonly from: string;
  readonly to: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly by: string;
  readonly reason: string;
  readonly groups: readonly PromotionGroup[];
}

/** What somebody approves: this change and no other. */
export interface PromotionAsked extends Pick<Promotion, "site" | "from" | "to" | "by" | "reason"> {}

/** What became of an approval. */
export type Promoted =
  | { readonly outcome: "approved"; readonly promotion: Promotion }
  | { readonly outcome: "refused"; readonly problems: readonly ConfigurationProblem[] };

/** Production of the sites, over time. */
export interface PromotionControl {
  /** Whether approval is demanded at all. */
  readonly isRequired: () => boolean;
  /** The approved revision of a site; undefined where there is none. */
  readonly approved: (site: string) => string | undefined;
  readonly waiting: () => readonly WaitingPromotion[];
  /** Newest first. @param before Only those with a smaller id. */
  readonly list: (wanted: {
    readonly site?: string | undefined;
    readonly before?: number | undefined;
    readonly limit: number;
  }) => Promise<readonly Promotion[]>;
  /**
   * Puts it in force, where it is still what waits.
   *
   * @throws {TrestleError} `hub.promotionMoved`, `hub.nothingWaits`, `sqlite.notStored`
   */
  readonly approve: (asked: PromotionAsked) => Promise<Promoted>;
}

/** Counts by group, in the order in which groups come. */
export function groupsOf(differences: readonly PromotionDifference[]): readonly PromotionGroup[] {
  const groups = new Map<string, PromotionGroup>();
  for (const { group, change } of differences) {
    const known = groups.get(group) ?? { group, added: 0, removed: 0, changed: 0 };
    groups.set(group, { ...known, [change]: known[change] + 1 });
  }
  return [...groups.values()];
}
