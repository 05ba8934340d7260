import type { Clock } from "@trestle/base";
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
}

/** The clients on record at a site. */
export class Clients {
  readonly #known = new Map<string, Known>();
  readonly #site: Site;
  readonly #clock: Clock;

  constructor({ site, clock }: { readonly site: Site; readonly clock: Clock }) {
    this.#site = site;
    this.#clock = clock;
  }

  /** Takes one on record from the beginning of time, as those that a site starts with. */
  seed(settings: ClientSettings): void {
    this.#put(settings, 0);
  }

  /** Takes one on record, or replaces it; known only when the change has reached the site. */
  add(settings: ClientSettings): void {
    const delayMs = this.#site.switches.propagationMinutes * 60_000;
    this.#put(settings, this.#clock.now() + delayMs);
  }

  /** Takes a registered copy on record, at once. */
  addCopy(settings: ClientSettings, registration: Registration): void {
    this.#known.set(settings.clientId, {
      client: { ...settings, grantedApis: expandApis(settings.apis), registration },
      from: 0,
    });
  }

  /** @returns False where there is none of that id. */
  remove(clientId: string): boolean {
    return this.#known.delete(clientId);
  }

  /** The client of an id, as the site's environment knows it. */
  find(clientId: string): Client | undefined {
    const known = this.#known.get(clientId);
    return known === undefined || known.from > this.#clock.now() ? undefined : known.client;
  }

  get all(): readonly Client[] {
    return [...this.#known.values()].map(({ client }) => client);
  }

  #put(settings: ClientSettings, from: number): void {
    const { productionClientId = settings.clientId } = settings;
    const isProduction = this.#site.switches.environment === "production";
    const clientId = isProduction ? productionClientId : settings.clientId;
    const client = { ...settings, clientId, grantedApis: expandApis(settings.apis) };
    this.#known.set(clientId, { client, from });
  }
}
