import { type Clock, TrestleError, reveal } from "@trestle/base";
import type { Bundle, FhirResource } from "@trestle/fhir";
import type { FhirAnswer, FhirNotice, Gateway, Parameter } from "@trestle/gateway";

/** How much a probe may ask, and who may end it. */
export interface ReaderLimits {
  readonly maxRequests: number;
  /** Milliseconds since 1970 UTC. */
  readonly endsAt: number;
  /** Pages of one search for one patient. */
  readonly maxPages: number;
  readonly signal: AbortSignal;
}

/** What a search found, and what the site said of it. */
export interface Found {
  readonly resources: readonly FhirResource[];
  readonly notices: readonly FhirNotice[];
  /** Why there is no answer, or no further one. */
  readonly failure?: TrestleError;
}

/** Why a probe ends before everyone in its sample was asked about. */
export type EarlyEnd = "stopped" | "requestsSpent" | "timeSpent";

/** Thrown between requests where no further one may be made. */
export class Ended extends Error {
  override readonly name = "Ended";
  readonly why: EarlyEnd;

  constructor(why: EarlyEnd) {
    super(why);
    this.why = why;
  }
}

/**
 * Reads at one site through the hub's own door, so that its limits, scopes and sign-in hold. Counts
 * what it asks, and remembers whose data it saw, by ids of our own, for the access record.
 */
export class SiteReader {
  readonly #parts: {
    readonly gateway: Pick<Gateway, "search" | "read">;
    readonly site: string;
    readonly reader: string;
    readonly clock: Clock;
    readonly limits: ReaderLimits;
  };
  readonly #subjects = new Set<string>();
  #made = 0;

  constructor(parts: {
    readonly gateway: Pick<Gateway, "search" | "read">;
    readonly site: string;
    /** Who asks, by an id of our own: cursors open for them alone. */
    readonly reader: string;
    readonly clock: Clock;
    readonly limits: ReaderLimits;
  }) {
    this.#parts = parts;
  }

  get made(): number {
    return this.#made;
  }

  /** Whose data was seen since this was asked last. */
  takeSubjects(): readonly string[] {
    const subjects = [...this.#subjects];
    this.#subjects.clear();
    return subjects;
  }

  /** @throws {Ended} */
  async search(type: string, parameters: readonly Parameter[]): Promise<Found> {
    const { gateway, site, reader, limits } = this.#parts;
    const resources: FhirResource[] = [];
    const notices: FhirNotice[] = [];
    let asked: readonly Parameter[] | undefined = parameters;
    for (let page = 0; asked !== undefined && page < limits.maxPages; page += 1) {
      const of: readonly Parameter[] = asked;
      const answer = await this.#ask(() => gateway.search(site, { reader, type, parameters: of }));
      if (answer instanceof TrestleError) return { resources, notices, failure: answer };
      const bundle = this.#read(answer) as Bundle;
      resources.push(...matchesIn(bundle));
      notices.push(...answer.notices);
      asked = nextOf(bundle);
    }
    return { resources, notices };
  }

  /** @throws {Ended} */
  async read(type: string, id: string): Promise<FhirResource | TrestleError> {
    const { gateway, site } = this.#parts;
    const answer = await this.#ask(() => gateway.read(site, { type, id }));
    return answer instanceof TrestleError ? answer : this.#read(answer);
  }

  async #ask(send: () => Promise<FhirAnswer>): Promise<FhirAnswer | TrestleError> {
    const { clock, limits } = this.#parts;
    if (limits.signal.aborted) throw new Ended("stopped");
    if (this.#made >= limits.maxRequests) throw new Ended("requestsSpent");
    if (clock.now() >= limits.endsAt) throw new Ended("timeSpent");
    this.#made += 1;
    try {
      return await send();
    } catch (error) {
      if (error instanceof TrestleError) return error;
      throw error;
    }
  }

  #read({ json, subjects }: FhirAnswer): FhirResource {
    for (const subject of subjects) this.#subjects.add(subject);
    return JSON.parse(reveal(json)) as FhirResource;
  }
}

function matchesIn({ entry = [] }: Bundle): readonly FhirResource[] {
  return entry.flatMap(({ search, resource }) =>
    search?.mode === "match" && resource !== undefined ? [resource as FhirResource] : [],
  );
}

/** The page behind, by the cursor that the door gave. */
function nextOf({ link = [] }: Bundle): readonly Parameter[] | undefined {
  const url = link.find(({ relation }) => relation === "next")?.url;
  if (url === undefined) return undefined;
  return [...new URLSearchParams(url.slice(url.indexOf("?") + 1))];
}
