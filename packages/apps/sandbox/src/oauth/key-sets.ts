import type { Clock } from "@trestle/base";
import type { JSONWebKeySet, JWK } from "jose";
import type { Site } from "../site/site.ts";
import { Expiring } from "./expiring.ts";

/** A set of keys as its address gave it. */
export interface FetchedKeys {
  readonly keys: readonly JWK[];
  readonly cacheControl: string | undefined;
}

/** Gets what is at a client's address for keys. Rejects when nobody answers, or with no set of keys. */
export type FetchKeys = (url: string) => Promise<FetchedKeys>;

/**
 * The key sets of clients, kept for as long as their `Cache-Control` allows and never longer than
 * the site's limit.
 */
export class KeySets {
  readonly #cached: Expiring<readonly JWK[]>;
  readonly #site: Site;
  readonly #clock: Clock;
  readonly #fetch: FetchKeys;

  constructor(parts: { readonly site: Site; readonly clock: Clock; readonly fetch: FetchKeys }) {
    this.#site = parts.site;
    this.#clock = parts.clock;
    this.#fetch = parts.fetch;
    this.#cached = new Expiring(parts.clock, maxKeySets);
  }

  cached(url: string): readonly JWK[] | undefined {
    return this.#cached.get(url);
  }

  /** Asks the address again. @returns No keys where it has none to give. */
  async fetch(url: string): Promise<readonly JWK[]> {
    try {
      const { keys, cacheControl } = await this.#fetch(url);
      this.#cached.put(url, keys, this.#clock.now() + this.#lifeMs(cacheControl));
      return keys;
    } catch {
      return [];
    }
  }

  forgetAll(): void {
    this.#cached.clear();
  }

  #lifeMs(cacheControl = ""): number {
    const longest = this.#site.switches.jwksCacheHours * 3_600_000;
    if (/\bno-(?:store|cache)\b/iu.test(cacheControl)) return 0;
    const seconds = /\bmax-age=(?<seconds>\d{1,10})/iu.exec(cacheControl)?.groups?.["seconds"];
    return seconds === undefined ? longest : Math.min(longest, Number(seconds) * 1000);
  }
}

/** Whether what came from an address is a set of keys. */
export function isKeySet(value: unknown): value is JSONWebKeySet {
  if (typeof value !== "object" || value === null || !("keys" in value)) return false;
  return (
    Array.isArray(value.keys) && value.keys.every((key) => typeof key === "object" && key !== null)
  );
}

const maxKeySets = 1000;
