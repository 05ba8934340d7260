import type { ScopeUse } from "@trestle/gateway";
import type { ScopeUseSum, SqliteUsedScopes, UsedAt, UsedScopes } from "@trestle/gateway/store";
import { Sums, type SumsOptions } from "./sums.ts";

/** Counts which scopes requests to sites stood for. */
export class ScopeUseCounts implements UsedScopes {
  readonly #options: CountsOptions;
  readonly #store: SqliteUsedScopes;
  readonly #sums: Sums<Sum>;

  constructor(options: CountsOptions) {
    const { store, clock, onFailure } = options;
    this.#options = options;
    this.#store = store;
    this.#sums = new Sums({ store: (sums) => store.add(sums), clock, onFailure });
  }

  note({ site, scope, isRefused }: ScopeUse): void {
    const { clock, environmentOf } = this.#options;
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    const environment = environmentOf(site);
    const none = () => ({ site, environment, day, scope, count: 0, refused: 0 });
    const sum = this.#sums.of([site, environment, day, scope], none);
    if (isRefused) sum.refused += 1;
    else sum.count += 1;
  }

  /** Resolves when what was noted is written. Never rejects. */
  write(): Promise<void> {
    return this.#sums.write();
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

interface CountsOptions extends Omit<SumsOptions<Sum>, "store"> {
  readonly store: SqliteUsedScopes;
  readonly environmentOf: (site: string) => string;
}

type Sum = { -readonly [Key in keyof ScopeUseSum]: ScopeUseSum[Key] };
