import type { Gateway } from "@trestle/gateway";
import type { Log } from "./logger.ts";

/** A gateway that can be replaced by another while it is asked. */
export interface SwitchingGateway {
  readonly gateway: Gateway;
  /** What is under way is answered by the one before, which closes behind it. Its cursors end. */
  switchTo(next: Gateway): void;
  /** Ends what is under way at all of them. */
  close(): Promise<void>;
}

/** @param log Told when one that was replaced could not be closed. */
export function switchingGateway(first: Gateway, log: Pick<Log, "error">): SwitchingGateway {
  let now = new Counted(first);
  const before = new Set<Counted>();
  return {
    gateway: {
      search: (site, asked) => now.during((gateway) => gateway.search(site, asked)),
      read: (site, asked) => now.during((gateway) => gateway.read(site, asked)),
      site: (site) => now.during((gateway) => gateway.site(site)),
      connections: () => now.gateway.connections(),
      failureStatus: (error) => now.gateway.failureStatus(error),
      retryAfterSeconds: (error) => now.gateway.retryAfterSeconds(error),
      meaningOf: (site, code) => now.gateway.meaningOf(site, code),
      accessNames: (site, type, category) => now.gateway.accessNames(site, type, category),
      close: () => now.gateway.close(),
    },
    switchTo(next) {
      const left = now;
      now = new Counted(next);
      before.add(left);
      left
        .idle()
        .then(() => (before.delete(left) ? left.gateway.close() : undefined))
        .catch((error: unknown) =>
          log.error({ reason: nameOf(error) }, "a gateway was not closed"),
        );
    },
    async close() {
      const all = [now, ...before];
      before.clear();
      await Promise.all(all.map(({ gateway }) => gateway.close()));
    },
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}

/** Knows how many requests are under way. */
class Counted {
  readonly gateway: Gateway;
  #underWay = 0;
  readonly #idle = Promise.withResolvers<void>();
  #isLeft = false;

  constructor(gateway: Gateway) {
    this.gateway = gateway;
  }

  async during<T>(ask: (gateway: Gateway) => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await ask(this.gateway);
    } finally {
      this.#underWay -= 1;
      this.#check();
    }
  }

  /** Call it when nothing more is asked. Resolves when all is answered. */
  idle(): Promise<void> {
    this.#isLeft = true;
    this.#check();
    return this.#idle.promise;
  }

  #check(): void {
    if (this.#isLeft && this.#underWay === 0) this.#idle.resolve();
  }
}
