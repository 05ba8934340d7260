import { createStore } from "../../api/store.ts";

/** What a file shall say, and of which text of it that was made. */
export interface Draft {
  readonly hash: string;
  readonly value: unknown;
}

/** Files that are being edited, by their paths; gone with the tab. */
export const draftsStore = createStore<ReadonlyMap<string, Draft>>(new Map());

export function keepDraft(path: string, draft: Draft): void {
  draftsStore.set(new Map(draftsStore.get()).set(path, draft));
}

export function dropDraft(path: string): void {
  const drafts = new Map(draftsStore.get());
  drafts.delete(path);
  draftsStore.set(drafts);
}
