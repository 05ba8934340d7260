import type { Site } from "../site/site.ts";
import { apisOf } from "../oauth/granted-scope.ts";
import type { Session } from "../oauth/session.ts";
import type { Tokens } from "../oauth/tokens.ts";
import { type BasicHeaders, basicUser } from "./basic-user.ts";
import type { Client, Clients } from "./clients.ts";
import type { Authority, Grant, GrantUser } from "./grant.ts";
import type { Users } from "./users.ts";

export interface AuthorityParts {
  readonly tokens: Tokens;
  readonly clients: Clients;
  readonly users: Users;
  readonly site: Site;
}

/**
 * What access tokens, and names with passwords, allow at a site. Rights follow the records as they are now, so that a client
 * whose APIs or a user whose rights were taken away loses them at once.
 */
export function createAuthority(parts: AuthorityParts): Authority {
  return {
    async grantFor(authorization, others = {}) {
      if (/^basic /iu.test(authorization ?? "")) {
        return basicGrant({ ...others, authorization }, parts);
      }
      const token = /^bearer +(?<token>\S+)$/iu.exec(authorization ?? "")?.groups?.["token"];
      const session = token === undefined ? undefined : parts.tokens.session(token);
      const client = session === undefined ? undefined : parts.clients.find(session.clientId);
      if (session === undefined || client === undefined) return undefined;
      return grantOf(session, client, parts);
    },
  };
}

/** What a user who shows a name and a password may do by a client. */
function basicGrant(headers: BasicHeaders, parts: AuthorityParts): Grant | undefined {
  if (!parts.site.switches.basicAuthentication) return undefined;
  const shown = basicUser(headers, parts);
  if (shown === undefined) return undefined;
  const { login, practitionerId } = shown.clinician;
  const user = { kind: "clinician", login, practitionerId } as const;
  return grantOf({ clientId: shown.client.clientId, user, asked: [] }, shown.client, parts);
}

function grantOf(session: Session, client: Client, { users, site }: AuthorityParts): Grant {
  const { user, patientId } = session;
  const lacks = user.kind === "backend" ? [] : users.settingsOf(user.login).lacks;
  return {
    clientId: client.clientId,
    user: grantUserOf(session),
    apis: apisOf(client, user, users),
    hiddenFromUser: new Set([...site.switches.userRights, ...lacks]),
    ...(patientId !== undefined && { patientId }),
  };
}

function grantUserOf({ user }: Session): GrantUser {
  if (user.kind === "backend") return user;
  if (user.kind === "patient") return { kind: "patient", patientId: user.ownPatientId };
  return { kind: "clinician", practitionerId: user.practitionerId };
}
