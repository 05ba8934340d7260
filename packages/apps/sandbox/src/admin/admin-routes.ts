import { z } from "zod";
import { type ClientSettings, clientSettings } from "../access/client.ts";
import type { Client, Clients } from "../access/clients.ts";
import type { ChartStore } from "../fhir/chart-store.ts";
import type { Filed } from "../fhir/store.ts";
import type { KeySets } from "../oauth/key-sets.ts";
import type { SiteKeys } from "../oauth/site-keys.ts";
import type { Tokens } from "../oauth/tokens.ts";
import type { Site } from "../site/site.ts";
import { siteSwitches } from "../site/switches.ts";
import { checked } from "./checked.ts";
import { type Faults, faultSettings } from "./faults.ts";

/** What the admin API works with. */
export interface AdminParts {
  readonly site: Site;
  readonly faults: Faults;
  readonly clients: Clients;
  readonly tokens: Tokens;
  readonly keys: SiteKeys;
  readonly keySets: KeySets;
  readonly store: ChartStore;
  readonly dropFeed: () => Promise<boolean>;
}

/** One thing that the admin API can do. */
export interface AdminRoute {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Behind the path of the API. */
  readonly path: string;
  readonly summary: string;
  /** @returns What is answered; undefined where there is no such thing. */
  readonly run: (parts: AdminParts, given: Given) => unknown;
}

export interface Given {
  readonly body: unknown;
  /** The last part of the path, where it names something. */
  readonly name: string;
}

/** A group by the id that a hospital tells in person: no search finds it. */
function groupOf({ resource }: Filed) {
  if (resource.resourceType !== "Group") return [];
  const { id, name, quantity } = resource;
  return [{ id, name, members: quantity }];
}

export const adminRoutes: readonly AdminRoute[] = [
  {
    method: "GET",
    path: "",
    summary: "What the site is like, and what can be done here.",
    run: ({ site, faults, clients, store }) => ({
      addresses: site.addresses,
      switches: site.switches,
      faults: faults.settings,
      clients: clients.all.length,
      written: store.written().length,
      held: store.held().length,
      groups: [...store.all("Group")].flatMap(groupOf),
      routes: adminRoutes.map(({ method, path, summary }) => ({ method, path, summary })),
    }),
  },
  {
    method: "PATCH",
    path: "/switches",
    summary: "Change some switches.",
    run({ site }, { body }) {
      change(site, checked(changes, body));
      return site.switches;
    },
  },
  {
    method: "POST",
    path: "/upgrade",
    summary: "Install another release over night: other switches, no sessions, no kept keys.",
    run({ site, tokens, keySets }, { body }) {
      const { release, switches } = checked(upgrade, body);
      change(site, { ...switches, release });
      keySets.forgetAll();
      return { release, endedTokens: tokens.expireAll({ withRefresh: false }) };
    },
  },
  {
    method: "PUT",
    path: "/faults",
    summary: "Say what goes wrong from now on; what is left out goes right.",
    run({ faults }, { body }) {
      faults.set(checked(faultSettings, body));
      return faults.settings;
    },
  },
  {
    method: "GET",
    path: "/clients",
    summary: "Applications on record, without their secrets.",
    run: ({ clients }) => clients.all.map(withoutSecret),
  },
  {
    method: "POST",
    path: "/clients",
    summary: "Take an application on record, or change one.",
    run({ clients }, { body }) {
      const client = checked(clientSettings, body);
      clients.add(client);
      return withoutSecret(client);
    },
  },
  {
    method: "DELETE",
    path: "/clients/:name",
    summary: "Take an application off the record; its tokens end.",
    run: ({ clients, tokens }, { name }) =>
      clients.remove(name) ? { endedTokens: tokens.endOf(name) } : undefined,
  },
  {
    method: "POST",
    path: "/tokens/expire",
    summary: "End all access tokens at once; with `withRefresh`, refresh tokens too.",
    run: ({ tokens }, { body }) => ({ ended: tokens.expireAll(checked(expire, body)) }),
  },
  {
    method: "POST",
    path: "/keys/rotate",
    summary: "Sign id tokens with a new key; the one before stays published.",
    async run({ keys }) {
      await keys.rotate();
      return keys.published;
    },
  },
  {
    method: "POST",
    path: "/feed/drop",
    summary: "End the HL7 connection, as networks do.",
    run: async ({ dropFeed }) => ({ dropped: await dropFeed() }),
  },
  {
    method: "GET",
    path: "/written",
    summary: "What clients have written.",
    run: ({ store }) => store.written().map((filed) => describeWritten(filed, store)),
  },
  {
    method: "POST",
    path: "/reconcile",
    summary: "Take what waits into the charts: all, or those of `ids`.",
    run({ store }, { body }) {
      const { ids = store.held().map(({ resource }) => resource.id) } = checked(chosen, body);
      return { reconciled: ids.filter((id) => store.reconcile(id)) };
    },
  },
  {
    method: "POST",
    path: "/wipe",
    summary: "Take out what clients have written, as every week.",
    run({ store }) {
      const wiped = store.written().length;
      store.wipe();
      return { wiped };
    },
  },
];

/** A value out of its bounds is told in the words of its switch. */
function change(site: Site, changed: Readonly<Record<string, unknown>>): void {
  checked(siteSwitches, { ...site.switches, ...changed });
  site.change(changed);
}

function withoutSecret(client: ClientSettings | Client): object {
  const shown = new Map<string, unknown>(Object.entries(client));
  shown.delete("secret");
  shown.delete("grantedApis");
  return Object.fromEntries(shown);
}

function describeWritten({ resource, subType }: Filed, store: ChartStore) {
  const { resourceType, id } = resource;
  const isHeld = store.held().some((held) => held.resource.id === id);
  return { reference: `${resourceType}/${id}`, subType, isHeld };
}

const changes = z.record(z.string(), z.unknown());
const upgrade = z.strictObject({
  release: z.string().describe("The release that is installed, such as August 2026."),
  switches: changes.default({}),
});
const expire = z.strictObject({ withRefresh: z.boolean().default(false) });
const chosen = z.strictObject({ ids: z.array(z.string()).optional() });
