import type { CodeDecision } from "@trestle/api/contract";
import { createStore } from "../../api/store.ts";
import { type CodeOfTable, keyOf } from "./code-key.ts";

/** What is decided about a code, whichever code that is. */
export type Meaning = Omit<CodeDecision, keyof CodeOfTable>;

/** Decisions that no change set was made of yet, by the code's key; gone with the tab. */
export const decisionsStore = createStore<ReadonlyMap<string, CodeDecision>>(new Map());

/** Codes that are chosen for one decision together. */
export const chosenStore = createStore<ReadonlyMap<string, CodeOfTable>>(new Map());

export function decide(codes: readonly CodeOfTable[], meaning: Meaning): void {
  const decisions = new Map(decisionsStore.get());
  for (const { site, table, local } of codes) {
    decisions.set(keyOf({ site, table, local }), { site, table, local, ...meaning });
  }
  decisionsStore.set(decisions);
  chosenStore.set(new Map());
}

export function takeBack(codes: readonly CodeOfTable[]): void {
  const decisions = new Map(decisionsStore.get());
  for (const code of codes) decisions.delete(keyOf(code));
  decisionsStore.set(decisions);
}

export function toggleChosen({ site, table, local }: CodeOfTable): void {
  const chosen = new Map(chosenStore.get());
  const key = keyOf({ site, table, local });
  if (!chosen.delete(key)) chosen.set(key, { site, table, local });
  chosenStore.set(chosen);
}

/** What a decision says, short enough for a row. */
export function meaningText({ status, code }: Pick<Meaning, "status" | "code">): string {
  if (status === "not mapped on purpose") return "not mapped";
  return status === "proposed" ? `${code}, proposed` : code;
}
