import { type ApiUse, apiNames, apisFor } from "@trestle/epic";
import { seededRandom, type Clock } from "@trestle/base";
import fastify from "fastify";
import { Agent, request } from "undici";
import type { Grant } from "../../../src/access/grant.ts";
import type { FhirLimits } from "../../../src/fhir/http/parts.ts";
import { registerFhir } from "../../../src/fhir/http/register.ts";
import { siteSwitches } from "../../../src/site/switches.ts";
import { OwnClock } from "../../support/own-clock.ts";
import type { Received } from "./answers.ts";
import type { MemoryStore } from "./memory-store.ts";
import { ids, ward } from "./ward.ts";

/** What a test wants to be otherwise at its hospital. */
export interface SiteWish {
  readonly switches?: Readonly<Record<string, unknown>>;
  readonly grant?: Partial<Grant>;
  readonly limits?: Partial<FhirLimits>;
  readonly store?: MemoryStore;
}

/** A hospital that answers over HTTP, and what a test does with it. */
export interface Site {
  readonly base: string;
  readonly root: string;
  readonly store: MemoryStore;
  readonly clock: OwnClock;
  get(path: string, headers?: Record<string, string>): Promise<Got>;
  /** Asks for JSON, and reads it. */
  json(path: string, headers?: Record<string, string>): Promise<GotJson>;
  send(method: Method, path: string, sent?: Sent): Promise<GotJson>;
  close(): Promise<void>;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Sent {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export type GotJson = Got & { readonly json: Received };

/** All that a backend client can be granted. */
const everything: ReadonlySet<string> = new Set(apiNames);

/** Everything but the APIs for some uses. */
export function allBut(...uses: readonly ApiUse[]): ReadonlySet<string> {
  const taken = new Set(uses.flatMap((use) => apisFor(use)));
  return new Set(apiNames.filter((name) => !taken.has(name)));
}

/** Starts a hospital on a free port. Its grant is for the token `good`. */
export async function startSite(wish: SiteWish = {}): Promise<Site> {
  const clock = new OwnClock();
  const store = wish.store ?? ward();
  const app = await serve(wish, { clock, store });
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  const agent = new Agent();
  const root = `${address}/interconnect`;
  const base = `${root}/api/FHIR/R4`;
  const call = async (method: Method, path: string, { body, headers }: Sent): Promise<Got> => {
    const url = path.startsWith("http") ? path : `${base}/${path}`;
    const answer = await request(url, {
      method,
      dispatcher: agent,
      headers: { authorization: "Bearer good", ...headers },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  };
  const send = async (method: Method, path: string, sent: Sent = {}): Promise<GotJson> => {
    const headers = {
      accept: "application/fhir+json",
      ...(sent.body === undefined ? {} : { "content-type": "application/fhir+json" }),
      ...sent.headers,
    };
    const got = await call(method, path, { ...sent, headers });
    return { ...got, json: readJson(got.text) };
  };
  return {
    base,
    root,
    store,
    clock,
    get: (path, headers = {}) => call("GET", path, { headers }),
    json: (path, headers = {}) => send("GET", path, { headers }),
    send,
    async close() {
      await agent.close();
      await app.close();
    },
  };
}

async function serve(
  { switches = {}, grant, limits = {} }: SiteWish,
  { clock, store }: { readonly clock: Clock; readonly store: MemoryStore },
) {
  const app = fastify();
  const granted: Grant = {
    clientId: "client-1",
    user: { kind: "backend" },
    apis: everything,
    hiddenFromUser: new Set(),
    ...grant,
  };
  registerFhir(app, {
    store,
    authority: {
      grantFor(authorization) {
        if (authorization === "Bearer good") return Promise.resolve(granted);
        const other = others[authorization ?? ""];
        return Promise.resolve(other === undefined ? undefined : { ...granted, ...other });
      },
    },
    switches: () => siteSwitches.parse(switches),
    clock,
    random: seededRandom(1),
    timeZone: "America/Chicago",
    capability: (about) => ({ resourceType: "CapabilityStatement", status: "active", ...about }),
    limits,
  });
  await app.ready();
  return app;
}

/** Tokens beside `good`: another client's, and that of a patient who uses the same client. */
const others: Readonly<Record<string, Partial<Grant>>> = {
  "Bearer other": { clientId: "client-2" },
  "Bearer bob": { user: { kind: "patient", patientId: ids.bob }, patientId: ids.bob },
};

/** What was received; nothing of what a test may ask where it is no JSON. */
function readJson(text: string): Received {
  try {
    return JSON.parse(text) as Received;
  } catch {
    return {} as Received;
  }
}
