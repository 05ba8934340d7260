import type { Clock } from "@trestle/base";
import { Expiring } from "../oauth/expiring.ts";
import type { SessionUser } from "../oauth/session.ts";
import type { Site } from "../site/site.ts";
import { type ClientSettings, expandApis } from "./client.ts";

/** A client and what its record grants. */
export interface Client extends ClientSettings {
  readonly grantedApis: ReadonlySet<string>;
  /** Set for a copy of a patients' application that registered keys of its own. */
  readonly registration?: Registration;
}

/** Whose copy of an application it is, and how long the patient lets it in. */
export interface Registration {
  readonly softwareId: string;
  readonly user: SessionUser;
  readonly patientId: string;
  /** Milliseconds since 1970; never where left out. */
  readonly until?: number | undefined;
}

interface Known {
  readonly client: Client;
  readonly from: number;
  /** What the site goes by until then. */
  readonly before: Client | undefined;
}

/** What a copy has of its own; the rest is that of its application. */
interface Copy {
  readonly keys: ClientSettings["keys"];
  readonly registration: Registration;
}

export interface ClientsParts {
  readonly site: Site;
  readonly clock: Clock;
  /** Registered copies that are remembered; beyond that the oldest are forgotten. */
  readonly maxCopies: number;
}

/** The clients on record at a site. */
export class Clients {
  readonly #known = new Map<string, Known>();
  readonly #copies: Expiring<Copy>;
  readonly #site: Site;
  readonly #clock: Clock;

  constructor({ site, clock, maxCopies }: ClientsParts) {
    this.#site = site;
    this.#clock = clock;
    this.#copies = new Expiring(clock, maxCopies);
  }

  /** Takes one on record from the beginning of time, as those that a site starts with. */
  seed(settings: ClientSettings): void {
    this.#put(settings, 0);
  }

  /** Takes one on record, or replaces it; the change counts only when it has reached the site. */
  add(settings: ClientSettings): void {
    const delayMs = this.#site.switches.propagationMinutes * 60_000;
    this.#put(settings, this.#clock.now() + delayMs);
  }

  /** Takes a registered copy of an application on record, at once. */
  addCopy(clientId: string, copy: Copy): void {
    this.#copies.put(clientId, copy, Number.POSITIVE_INFINITY);
  }

  /**
   * Takes one off the record, with its copies.
   *
   * @returns False where there is none of that id.
   */
  remove(clientId: string): boolean {
    this.#copies.forget(({ registration }) => registration.softwareId === clientId);
    return this.#known.delete(clientId) || this.#copies.take(clientId) !== undefined;
  }

  /** The client of an id, as the site's environment knows it. */
  find(clientId: string): Client | undefined {
    const known = this.#known.get(clientId);
    if (known !== undefined) return known.from > this.#clock.now() ? known.before : known.client;
    const copy = this.#copies.get(clientId);
    return copy === undefined ? undefined : this.#copyOf(clientId, copy);
  }

  /** Without copies, of which there may be one for each device. */
  get all(): readonly Client[] {
    return [...this.#known.values()].map(({ client }) => client);
  }

  /** What is changed on the record of an application is changed for its copies. */
  #copyOf(clientId: string, { keys, registration }: Copy): Client | undefined {
    const application = this.find(registration.softwareId);
    if (application === undefined) return undefined;
    const own = { clientId, keys, jwksUrl: undefined, secret: undefined };
    return { ...application, ...own, registration };
  }

  #put(settings: ClientSettings, from: number): void {
    const { productionClientId = settings.clientId } = settings;
    const isProduction = this.#site.switches.environment === "production";
    const clientId = isProduction ? productionClientId : settings.clientId;
    const client = { ...settings, clientId, grantedApis: expandApis(settings.apis) };
    this.#known.set(clientId, { client, from, before: this.find(clientId) });
  }
}
