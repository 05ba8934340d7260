import { type ScopeLevel, type ScopeSpelling, scopesOfApis } from "@trestle/epic";
import { expandApis } from "../access/client.ts";
import type { Client } from "../access/clients.ts";
import type { Users } from "../access/users.ts";
import { isSince } from "../site/release.ts";
import type { Site } from "../site/site.ts";
import type { SiteSwitches } from "../site/switches.ts";
import type { Session, SessionUser } from "./session.ts";

/** What a client may do for a user: its own APIs, as far as the user has them too. */
export function apisOf(client: Client, user: SessionUser, users: Users): ReadonlySet<string> {
  const own = user.kind === "backend" ? undefined : users.settingsOf(user.login).apis;
  return own === undefined ? client.grantedApis : client.grantedApis.intersection(expandApis(own));
}

/**
 * The scopes that are told as granted. They follow from the client's record; what was asked for
 * decides about the launch, the id token and the like alone.
 */
export function grantedScope(
  { client, user, asked }: Pick<Session, "user" | "asked"> & { readonly client: Client },
  { users, site: { switches } }: { readonly users: Users; readonly site: Site },
): string {
  const told = switches.offlineInScope ? [...LAUNCH_SCOPES, "offline_access"] : LAUNCH_SCOPES;
  const spelling = spellingOf(client, switches);
  const ofApis = scopesOfApis(apisOf(client, user, users), { level: LEVELS[user.kind], spelling });
  return [...new Set([...asked.filter((scope) => told.includes(scope)), ...ofApis])].join(" ");
}

/** Of the scopes that a client asked for, those that a session has to remember. */
export function remembered(asked: readonly string[]): readonly string[] {
  const known = [...LAUNCH_SCOPES, "offline_access"];
  return known.filter((scope) => asked.includes(scope));
}

/** Whether the client asked to stay; `online_access` means the same here. */
export function wantsToStay(asked: readonly string[]): boolean {
  return asked.includes("offline_access") || asked.includes("online_access");
}

function spellingOf(client: Client, { scopeSpelling, release }: SiteSwitches): ScopeSpelling {
  const wanted = client.scopeSpelling ?? scopeSpelling;
  return wanted === "v2" && !isSince(release, "August 2024") ? "v1" : wanted;
}

const LEVELS: Readonly<Record<SessionUser["kind"], ScopeLevel>> = {
  backend: "system",
  clinician: "user",
  patient: "patient",
};

const LAUNCH_SCOPES: readonly string[] = [
  "launch",
  "launch/patient",
  "launch/encounter",
  "openid",
  "fhirUser",
  "profile",
  "epic.scanning.dmsusername",
];
