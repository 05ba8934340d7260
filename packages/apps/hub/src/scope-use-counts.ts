import type { Clock } from "@trestle/base";
import type { ScopeUse } from "@trestle/gateway";
import type { ScopeUseSum, SqliteUsedScopes, UsedAt, UsedScopes } from "@trestle/gateway/store";

/**
 * Sums which scopes requests to sites stood for and writes the sums every ten seconds. What was not
 * written is lost with a power cut: it is a measure.
 */
export class ScopeUseCounts implements UsedScopes {
  readonly #store: SqliteUsedScopes;
  readonly #environmentOf: (site: string) => string;
  readonly #clock: Clock;
  readonly #onFailure: (error: unknown) => void;
  #sums = new Map<string, Sum>();
  #cancel: (() => void) | undefined;

  constructor(options: {
    readonly store: SqliteUsedScopes;
    readonly environmentOf: (site: string) => string;
    readonly clock: Clock;
    readonly onFailure: (error: unknown) => void;
  }) {
    this.#store = options.store;
    this.#environmentOf = options.environmentOf;
    this.#clock = options.clock;
    this.#onFailure = options.onFailure;
  }

  note({ site, scope, isRefused }: ScopeUse): void {
    const day = new Date(this.#clock.now()).toISOString().slice(0, 10);
    const environment = this.#environmentOf(site);
    const key = JSON.stringify([site, environment, day, scope]);
    const sum = this.#sums.get(key) ?? { site, environment, day, scope, count: 0, refused: 0 };
    if (isRefused) sum.refused += 1;
    else sum.count += 1;
    this.#sums.set(key, sum);
    this.#cancel ??= this.#clock.after(pauseMs, () => void this.write());
  }

  /** Resolves when what was noted is written. Never rejects. */
  async write(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    const sums = [...this.#sums.values()];
    this.#sums = new Map();
    try {
      if (sums.length > 0) await this.#store.add(sums);
    } catch (error) {
      this.#onFailure(error);
    }
  }

  async since(of: UsedAt) {
    await this.write();
    return this.#store.since(of);
  }

  async used(of: UsedAt, fromDay: string) {
    await this.write();
    return this.#store.used(of, fromDay);
  }

  observed(of: UsedAt) {
    return this.#store.observed(of);
  }

  observe(of: UsedAt, scopes: Parameters<UsedScopes["observe"]>[1]): Promise<void> {
    return this.#store.observe(of, scopes);
  }
}

type Sum = { -readonly [Key in keyof ScopeUseSum]: ScopeUseSum[Key] };

const pauseMs = 10_000;
