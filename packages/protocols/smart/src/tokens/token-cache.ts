import { type Clock, type Secret, TrestleError, useSecret } from "@trestle/base";
import { smartErrors } from "../errors.ts";
import { type SmartTokenCacheSettings, smartTokenCache } from "./token-cache-settings.ts";
import type { GrantedTokens } from "./token-request.ts";

export interface TokenCacheOptions {
  readonly clock: Clock;
  /** Asks for new tokens. Called once at a time. */
  readonly renew: () => Promise<GrantedTokens>;
  /** Tokens that are there already. */
  readonly present?: GrantedTokens | undefined;
  readonly settings?: Partial<SmartTokenCacheSettings> | undefined;
}

/** Where a token stands, for a page or a log; holds nothing secret. */
export interface TokenStatus {
  readonly stage: "none" | "valid" | "due" | "ended";
  /** Milliseconds since 1970. */
  readonly endsAtMs: number | undefined;
  readonly isRenewing: boolean;
  readonly renewals: number;
  /** The code of the last failure, until a renewal succeeds. */
  readonly failure: string | undefined;
}

/**
 * Gives the access token of now.
 *
 * However many callers wait, one request is under way. Before a token ends it is renewed while
 * callers still get it. A failure is shared by those who wait and by those who come during the pause
 * behind it; then the next caller tries again.
 */
export class TokenCache {
  readonly #options: TokenCacheOptions;
  readonly #settings: SmartTokenCacheSettings;
  #present: GrantedTokens | undefined;
  #renewing: Promise<GrantedTokens> | undefined;
  #failed: Failed | undefined;
  #failures = 0;
  #renewals = 0;

  constructor(options: TokenCacheOptions) {
    this.#options = options;
    this.#settings = smartTokenCache.parse(options.settings ?? {});
    this.#present = options.present;
  }

  /**
   * Tokens of which the access token has not ended.
   *
   * @throws {TrestleError} what `renew` throws; `smart.cancelled` when the caller gave up, which
   * leaves the renewal to the others.
   */
  async current(signal?: AbortSignal): Promise<GrantedTokens> {
    if (signal?.aborted === true) throw smartErrors.cancelled({}, signal.reason);
    const { stage } = this.status();
    if (this.#present !== undefined && stage === "valid") return this.#present;
    if (this.#present !== undefined && stage === "due") {
      this.#renewed().catch(() => {
        // Callers still have a token. Who comes after its end hears of the failure.
      });
      return this.#present;
    }
    return orCancelled(this.#renewed(), signal);
  }

  /**
   * Tells that a server refused an access token, so that it is not given out again. A token that was
   * renewed meanwhile stays.
   */
  refused(accessToken: Secret<string>): void {
    const present = this.#present;
    if (present !== undefined && useSecret(present.accessToken) === useSecret(accessToken)) {
      this.#present = undefined;
    }
  }

  status(): TokenStatus {
    const endsAtMs = this.#endsAtMs();
    return {
      stage: this.#stage(endsAtMs),
      endsAtMs,
      isRenewing: this.#renewing !== undefined,
      renewals: this.#renewals,
      failure: this.#failed === undefined ? undefined : codeOf(this.#failed.error),
    };
  }

  #stage(endsAtMs: number | undefined): TokenStatus["stage"] {
    if (endsAtMs === undefined || this.#present === undefined) return "none";
    const nowMs = this.#options.clock.now();
    const lifeMs = endsAtMs - this.#present.askedAtMs;
    const dueMs = endsAtMs - Math.min(this.#settings.renewBeforeSeconds * 1000, lifeMs / 2);
    if (nowMs >= endsAtMs) return "ended";
    // Where the clock was set back since, nobody knows how old it is.
    const isOfFuture = nowMs < this.#present.askedAtMs;
    return isOfFuture || nowMs >= dueMs ? "due" : "valid";
  }

  #endsAtMs(): number | undefined {
    if (this.#present === undefined) return undefined;
    const { askedAtMs, expiresInSeconds = this.#settings.assumedLifetimeSeconds } = this.#present;
    return askedAtMs + Math.min(expiresInSeconds, longestLifetimeSeconds) * 1000;
  }

  async #renewed(): Promise<GrantedTokens> {
    if (this.#failed !== undefined && this.#isPausing(this.#failed)) throw this.#failed.error;
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #renew(): Promise<GrantedTokens> {
    this.#renewals += 1;
    try {
      this.#present = await this.#options.renew();
      this.#failed = undefined;
      this.#failures = 0;
      return this.#present;
    } catch (error) {
      this.#failures += 1;
      this.#failed = { error, atMs: this.#options.clock.now(), pauseMs: this.#pauseMs(error) };
      throw error;
    }
  }

  /** A clock that was set back does not make a pause longer. */
  #isPausing({ atMs, pauseMs }: Failed): boolean {
    const passedMs = this.#options.clock.now() - atMs;
    return passedMs >= 0 && passedMs < pauseMs;
  }

  #pauseMs(error: unknown): number {
    const { firstPauseMs, maxPauseMs } = this.#settings;
    const own = firstPauseMs * 2 ** Math.min(this.#failures - 1, 30);
    const asked = error instanceof TrestleError ? Number(error.facts["retryAfterSeconds"] ?? 0) : 0;
    return Math.min(maxPauseMs, Math.max(own, asked * 1000));
  }
}

interface Failed {
  readonly error: unknown;
  readonly atMs: number;
  readonly pauseMs: number;
}

async function orCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = (): void => reject(smartErrors.cancelled({}, signal.reason));
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}

function codeOf(error: unknown): string {
  return error instanceof TrestleError ? error.code : "unknown";
}

/** A year: what servers say beyond it is a slip, and past what a date can hold. */
const longestLifetimeSeconds = 365 * 86_400;
