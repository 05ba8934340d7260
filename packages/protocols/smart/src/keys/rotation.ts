import type { StoredKey } from "./stored-key.ts";

/**
 * The life of a key. A move follows from the time alone, so that every process that shares a store
 * agrees, and nothing has to happen at a certain moment.
 *
 * | stage | in the key set | signs | ends |
 * |---|---|---|---|
 * | announced | yes | no | when every cache has seen it: `cacheSeconds` after its creation |
 * | signing | yes | yes | when the next key signs |
 * | retired | yes | no | when nobody can need it any more: `cacheSeconds` after its last signature |
 * | gone | no | no | |
 */
export type KeyStage = "announced" | "signing" | "retired" | "gone";

interface StageRules {
  readonly isPublished: boolean;
  readonly mayLeaveStore: boolean;
}

export const stageRules: Readonly<Record<KeyStage, StageRules>> = {
  announced: { isPublished: true, mayLeaveStore: false },
  signing: { isPublished: true, mayLeaveStore: false },
  retired: { isPublished: true, mayLeaveStore: false },
  gone: { isPublished: false, mayLeaveStore: true },
};

/** When a key passes from stage to stage. Milliseconds since 1970; Infinity until a next key is. */
export interface KeyTimes {
  readonly publishedFromMs: number;
  readonly signsFromMs: number;
  readonly signsUntilMs: number;
  readonly publishedUntilMs: number;
}

/**
 * @param keys In the order in which they were made; of two that sign from the same moment the later
 * one does.
 * @param cacheMs How long the slowest cache keeps a key set, in milliseconds.
 */
export function timesOf(key: StoredKey, keys: readonly StoredKey[], cacheMs: number): KeyTimes {
  const place = keys.indexOf(key);
  const next = keys
    .filter(({ signsFromMs }, at) =>
      at > place ? signsFromMs >= key.signsFromMs : signsFromMs > key.signsFromMs,
    )
    .reduce((first, other) => Math.min(first, other.signsFromMs), Infinity);
  const signsUntilMs = Math.max(next, key.signsFromMs);
  return {
    publishedFromMs: key.createdAtMs,
    signsFromMs: key.signsFromMs,
    signsUntilMs,
    publishedUntilMs: signsUntilMs + cacheMs,
  };
}

/**
 * The stage of one of `keys`. Where the clock was set back behind all of them, the one made first
 * signs: servers know it best, and without it nothing would.
 */
export function stageOf(
  key: StoredKey,
  keys: readonly StoredKey[],
  { nowMs, cacheMs }: { readonly nowMs: number; readonly cacheMs: number },
): KeyStage {
  const times = timesOf(key, keys, cacheMs);
  if (nowMs >= times.publishedUntilMs) return "gone";
  if (nowMs >= times.signsUntilMs) return "retired";
  const signsEarly = key === keys[0] && keys.every(({ signsFromMs }) => nowMs < signsFromMs);
  return nowMs >= times.signsFromMs || signsEarly ? "signing" : "announced";
}

/** When a new key may sign: at once where there is no other, else when every cache has seen it. */
export function signsFrom(keys: readonly StoredKey[], nowMs: number, cacheMs: number): number {
  return keys.length === 0 ? nowMs : nowMs + cacheMs;
}
