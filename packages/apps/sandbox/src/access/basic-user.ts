import { hash, timingSafeEqual } from "node:crypto";
import type { Client, Clients } from "./clients.ts";
import { type Clinician, type Users, everybodysPassword } from "./users.ts";

/** The headers of a request that tell who asks, where there is no access token. */
export interface BasicHeaders {
  readonly authorization?: string | undefined;
  /** `Epic-Client-ID`. */
  readonly clientId?: string | undefined;
  /** `Epic-User-ID`: in whose name it is asked; the one who signs in where left out. */
  readonly userId?: string | undefined;
  /** `Epic-User-IDType`: `EXTERNAL` is the only one that is known. */
  readonly userIdType?: string | undefined;
}

export interface BasicUser {
  readonly client: Client;
  readonly clinician: Clinician;
}

/**
 * Who asks by name and password, as interfaces without OAuth do: `emp$` and a login of the hospital,
 * with the client's id in a header of its own.
 *
 * @returns Undefined where any of it is wrong; patients' applications cannot get in so.
 * @see RFC 7617, section 2
 */
export function basicUser(
  headers: BasicHeaders,
  { clients, users }: { readonly clients: Clients; readonly users: Users },
): BasicUser | undefined {
  const client = clients.find(headers.clientId ?? "");
  const own = signedIn(headers.authorization ?? "", users);
  if (own === undefined || client === undefined || client.audience === "patients") return undefined;
  const clinician = headers.userId === undefined ? own : namedBy(headers, users);
  return clinician === undefined ? undefined : { client, clinician };
}

function signedIn(authorization: string, users: Users): Clinician | undefined {
  const encoded = /^basic +(?<pair>[\w+/]+=*)$/iu.exec(authorization)?.groups?.["pair"] ?? "";
  const pair = Buffer.from(encoded, "base64").toString("utf8");
  const shown = /^emp\$(?<login>[^:]+):(?<password>.*)$/su.exec(pair)?.groups;
  if (shown === undefined || !isPassword(shown["password"] ?? "")) return undefined;
  return users.clinician(shown["login"] ?? "");
}

function namedBy({ userId, userIdType }: BasicHeaders, users: Users): Clinician | undefined {
  return userIdType?.toUpperCase() === "EXTERNAL" ? users.clinician(userId ?? "") : undefined;
}

function isPassword(shown: string): boolean {
  const [known, given] = [everybodysPassword, shown].map((text) => hash("sha256", text, "buffer"));
  return known !== undefined && given !== undefined && timingSafeEqual(known, given);
}
