import type { Clock } from "@trestle/base";
import type { JSONWebKeySet } from "jose";
import { smartErrors } from "../errors.ts";
import { generateKey } from "./generate-key.ts";
import { type SmartKeySettings, smartKeys } from "./key-settings.ts";
import type { KeyStore } from "./key-store.ts";
import {
  type KeyStage,
  type KeyTimes,
  signsFrom,
  stageOf,
  stageRules,
  timesOf,
} from "./rotation.ts";
import type { StoredKey } from "./stored-key.ts";

export interface KeyRingOptions {
  readonly store: KeyStore;
  readonly clock: Clock;
  readonly settings?: Partial<SmartKeySettings>;
}

/** Where a key stands, for a page or a log; holds nothing secret. */
export interface KeyStatus extends KeyTimes {
  readonly keyId: string;
  readonly algorithm: string;
  readonly stage: KeyStage;
}

/** An answer for the HTTP server of the app, whichever it is. */
export interface KeySetAnswer {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The keys by which an app proves who it is, and their rotation without an outage.
 *
 * Several processes may share a store: what each key does follows from the time.
 */
export class KeyRing {
  readonly #store: KeyStore;
  readonly #clock: Clock;
  readonly #settings: SmartKeySettings;

  constructor({ store, clock, settings }: KeyRingOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#settings = smartKeys.parse(settings ?? {});
  }

  /**
   * Makes the first key, makes the next one when the present one is old, and drops what is gone.
   * Call it when the app starts and then every hour or so; more often does no harm.
   */
  async tend(): Promise<readonly KeyStatus[]> {
    const keys = await this.#store.read();
    if (this.#isDue(keys) || this.#kept(keys).length < keys.length) {
      await this.#store.change(async (now) => {
        const kept = this.#kept(now);
        return this.#isDue(kept) ? this.#withNext(kept) : kept;
      });
    }
    return this.status();
  }

  /**
   * Announces a next key now. One that is announced already stays the only one.
   *
   * @throws {TrestleError} `smart.tooManyKeys`
   */
  async rotate(): Promise<readonly KeyStatus[]> {
    await this.#store.change(async (keys) => {
      const kept = this.#kept(keys);
      return this.#isAnnounced(kept) ? kept : this.#withNext(kept);
    });
    return this.status();
  }

  /**
   * Takes a key that others may know out of the set and signs with another at once: the one before,
   * where it is still published, else a new one. Servers that keep the old set do not know a new one
   * until they fetch it: an outage, chosen.
   */
  async discard(keyId: string): Promise<readonly KeyStatus[]> {
    await this.#store.change(async (keys) => {
      const kept = this.#kept(keys).filter((key) => key.keyId !== keyId);
      if (kept.some((key) => this.#stageOf(key, kept) === "signing")) return kept;
      const nowMs = this.#clock.now();
      const times = { createdAtMs: nowMs, signsFromMs: nowMs };
      return [...kept, await generateKey(this.#settings.algorithm, times)];
    });
    return this.status();
  }

  /** Every key with its stage and times, in the order in which they sign. */
  async status(): Promise<readonly KeyStatus[]> {
    const keys = await this.#store.read();
    return keys
      .map((key) => {
        const stage = this.#stageOf(key, keys);
        const times = timesOf(key, keys, this.#cacheMs);
        return { keyId: key.keyId, algorithm: key.algorithm, stage, ...times };
      })
      .sort((a, b) => a.signsFromMs - b.signsFromMs);
  }

  /**
   * The key that signs now.
   *
   * @throws {TrestleError} `smart.noKey` before the first `tend`.
   */
  async signingKey(): Promise<StoredKey> {
    const keys = await this.#store.read();
    const key = keys.find((key) => this.#stageOf(key, keys) === "signing");
    if (key === undefined) throw smartErrors.noKey();
    return key;
  }

  /** The public keys. @see RFC 7517 */
  async keySet(): Promise<JSONWebKeySet> {
    const keys = await this.#store.read();
    const isPublished = (key: StoredKey): boolean =>
      stageRules[this.#stageOf(key, keys)].isPublished;
    return { keys: keys.filter(isPublished).map(({ publicKey }) => publicKey) };
  }

  /** What the app answers at the address of its key set. */
  async answerKeySet(): Promise<KeySetAnswer> {
    const body = JSON.stringify(await this.keySet());
    return {
      status: 200,
      headers: {
        "content-type": "application/json",
        "cache-control": `public, max-age=${this.#settings.maxAgeSeconds}`,
      },
      body,
    };
  }

  get #cacheMs(): number {
    return this.#settings.cacheSeconds * 1000;
  }

  #stageOf(key: StoredKey, keys: readonly StoredKey[]): KeyStage {
    return stageOf(key, keys, { nowMs: this.#clock.now(), cacheMs: this.#cacheMs });
  }

  #kept(keys: readonly StoredKey[]): readonly StoredKey[] {
    return keys.filter((key) => !stageRules[this.#stageOf(key, keys)].mayLeaveStore);
  }

  #isAnnounced(keys: readonly StoredKey[]): boolean {
    return keys.some((key) => this.#stageOf(key, keys) === "announced");
  }

  /** Whether there is no key, or the one that signs is old and no next one is announced. */
  #isDue(keys: readonly StoredKey[]): boolean {
    if (this.#isAnnounced(keys)) return false;
    const signing = keys.find((key) => this.#stageOf(key, keys) === "signing");
    if (signing === undefined) return true;
    const ageMs = this.#clock.now() - signing.signsFromMs;
    return ageMs >= this.#settings.rotateEverySeconds * 1000;
  }

  async #withNext(keys: readonly StoredKey[]): Promise<readonly StoredKey[]> {
    const { maxKeys, algorithm } = this.#settings;
    if (keys.length >= maxKeys) throw smartErrors.tooManyKeys({ maxKeys });
    const nowMs = this.#clock.now();
    const signsFromMs = signsFrom(keys, nowMs, this.#cacheMs);
    return [...keys, await generateKey(algorithm, { createdAtMs: nowMs, signsFromMs })];
  }
}
