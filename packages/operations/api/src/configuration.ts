/** What made the hub take a revision: its own start, a signal, somebody's request, or the folder. */
export type ChangeCause = "start" | "signal" | "request" | "watch";

/** What became of one file of the integration folder. */
export interface ChangedFile {
  readonly file: string;
  readonly change: "added" | "removed" | "changed";
  /** Settings, rows or lines that are others than before. */
  readonly count: number;
  readonly of: "settings" | "rows" | "lines";
  /** The first of them. */
  readonly differences: readonly ItemDifference[];
}

/** A setting, a row or a line that is another than before. */
export interface ItemDifference {
  /** The setting's path, or the row's local code; empty for a line. */
  readonly name: string;
  /** Absent where there was none, and where it is not shown. */
  readonly before?: string;
  readonly after?: string;
}

/** A revision that came into force. */
export interface ConfigurationChange {
  /** Counts up. */
  readonly id: number;
  readonly revision: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly cause: ChangeCause;
  /** Who asked for it; empty where nobody did. */
  readonly by: string;
  /** Who made the commit; empty where the revision is none. */
  readonly author: string;
  /** Against the revision before; empty at a start, which knows none. */
  readonly files: readonly ChangedFile[];
}

/** What keeps a changed folder from being taken. */
export interface ConfigurationProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly text: string;
  readonly hint: string;
}

/** A change that was not taken. The revision in force stayed. */
export interface RefusedChange {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly cause: ChangeCause;
  readonly by: string;
  readonly problems: readonly ConfigurationProblem[];
}

/** What became of a reload. */
export type Reloaded =
  | { readonly outcome: "applied"; readonly change: ConfigurationChange }
  | { readonly outcome: "unchanged" }
  | { readonly outcome: "refused"; readonly refused: RefusedChange };

/** The configuration over time. */
export interface ConfigurationControl {
  /** The last change, where it was refused; undefined once the folder is good again. */
  readonly refused: () => RefusedChange | undefined;
  /** Newest first. @param before Only those with a smaller id. */
  readonly changes: (wanted: {
    readonly before?: number | undefined;
    readonly limit: number;
  }) => Promise<readonly ConfigurationChange[]>;
  /** Reads the folder, and applies it where it is good. */
  readonly reload: (by: string) => Promise<Reloaded>;
}
