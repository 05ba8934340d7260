import type { Clock } from "@trestle/base";
import type { SmartHttp } from "../http.ts";
import { type Question, askServer } from "./ask-server.ts";
import { type SmartDiscoverySettings, smartDiscovery } from "./discovery-settings.ts";
import type { Discovered, SmartEndpoints } from "./endpoints.ts";

export interface DiscoveryOptions {
  readonly http: SmartHttp;
  readonly clock: Clock;
  readonly settings?: Partial<SmartDiscoverySettings>;
  /** Sent along with each question; some servers tell more to a client that says who it is. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Called when a server's endpoints are others than before. */
  readonly onChange?: (before: Discovered, after: Discovered) => void;
}

/**
 * Knows the OAuth endpoints of FHIR servers, asks for each once however many callers wait, and asks
 * again when its knowledge is old.
 */
export class Discovery {
  readonly #options: DiscoveryOptions;
  readonly #settings: SmartDiscoverySettings;
  /** In the order of use, the longest unused first. */
  readonly #known = new Map<string, Known>();

  constructor(options: DiscoveryOptions) {
    this.#options = options;
    this.#settings = smartDiscovery.parse(options.settings ?? {});
  }

  /**
   * The endpoints of a FHIR server. `isStale` where they are old and the server cannot be asked.
   *
   * @param wants Addresses that are looked for in the CapabilityStatement too.
   * @throws {TrestleError} as `askServer`; again without a request during `pauseSeconds`.
   */
  async find(fhirBaseUrl: string, wants: Wants = []): Promise<Discovered> {
    const known = this.#remembered(fhirBaseUrl);
    const { last } = known;
    const lacks = wants.filter((name) => last?.endpoints[name] === undefined);
    const isLookedFor = lacks.every((name) => known.wants.has(name));
    if (last !== undefined && this.#isYoung(last) && isLookedFor) return last;
    try {
      return await this.#asked(known, lacks);
    } catch (error) {
      if (last === undefined || !this.#isUsable(last) || lacks.length > 0) throw error;
      return { ...last, isStale: true };
    }
  }

  /** Asks now, as is right when an endpoint is gone. */
  async recheck(fhirBaseUrl: string): Promise<Discovered> {
    const known = this.#remembered(fhirBaseUrl);
    known.failed = undefined;
    return this.#asked(known, []);
  }

  /** What was said in the future was said before the clock was set back: nobody knows when. */
  #isYoung({ checkedAtMs }: Discovered): boolean {
    const ageMs = this.#options.clock.now() - checkedAtMs;
    return ageMs >= 0 && ageMs <= this.#settings.maxAgeSeconds * 1000;
  }

  #isUsable({ checkedAtMs }: Discovered): boolean {
    const usableSeconds = this.#settings.maxAgeSeconds + this.#settings.maxStaleSeconds;
    return this.#options.clock.now() - checkedAtMs <= usableSeconds * 1000;
  }

  #isPausing({ atMs }: Failed): boolean {
    const passedMs = this.#options.clock.now() - atMs;
    return passedMs >= 0 && passedMs < this.#settings.pauseSeconds * 1000;
  }

  #remembered(fhirBaseUrl: string): Known {
    const key = fhirBaseUrl.replace(/\/+$/u, "");
    const known = this.#known.get(key) ?? newKnown(key);
    this.#known.delete(key);
    this.#known.set(key, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > this.#settings.maxServers && oldest !== undefined) {
      this.#known.delete(oldest);
    }
    return known;
  }

  async #asked(known: Known, lacks: Wants): Promise<Discovered> {
    if (known.failed !== undefined && this.#isPausing(known.failed)) throw known.failed.error;
    const wants = [...new Set([...known.wants, ...lacks])];
    const key = wants.toSorted().join(" ");
    if (known.asking?.key === key) return known.asking.answer;
    const asking = { key, answer: this.#ask(known, wants) };
    known.asking = asking;
    try {
      return await asking.answer;
    } finally {
      if (known.asking === asking) known.asking = undefined;
    }
  }

  async #ask(known: Known, wants: Wants): Promise<Discovered> {
    const { http, clock, headers = {}, onChange } = this.#options;
    const checkedAtMs = clock.now();
    try {
      const question = { fhirBaseUrl: known.fhirBaseUrl, headers, wants };
      const answer = await askServer(http, question);
      const before = known.last;
      known.failed = undefined;
      // Another question was answered meanwhile, for which more was looked for.
      if (before !== undefined && isNarrower(wants, known.wants)) return before;
      known.last = { ...answer, checkedAtMs, isStale: false };
      for (const name of wants) known.wants.add(name);
      if (before !== undefined && isDifferent(before, known.last)) onChange?.(before, known.last);
      return known.last;
    } catch (error) {
      known.failed = { error, atMs: clock.now() };
      throw error;
    }
  }
}

type Wants = Question["wants"];

interface Known {
  readonly fhirBaseUrl: string;
  /** What was looked for in both documents, whether it was there or not. */
  readonly wants: Set<Wants[number]>;
  last: Discovered | undefined;
  failed: Failed | undefined;
  asking: { readonly key: string; readonly answer: Promise<Discovered> } | undefined;
}

interface Failed {
  readonly error: unknown;
  readonly atMs: number;
}

function newKnown(fhirBaseUrl: string): Known {
  return {
    fhirBaseUrl,
    wants: new Set(),
    last: undefined,
    failed: undefined,
    asking: undefined,
  };
}

function isNarrower(wants: Wants, than: Known["wants"]): boolean {
  return [...than].some((name) => !wants.includes(name));
}

/** An address that was found because it is wanted now is no change of the server's. */
function isDifferent(before: Discovered, after: Discovered): boolean {
  const { endpoints } = before;
  return Object.entries(endpoints).some(
    ([name, value]) =>
      JSON.stringify(value) !== JSON.stringify(after.endpoints[name as keyof SmartEndpoints]),
  );
}
