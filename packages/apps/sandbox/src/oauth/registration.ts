import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Refusal } from "./refusal.ts";
import type { OauthParts } from "./token-request.ts";

/** What came to the registration of copies. */
export interface RegistrationRequest {
  readonly accessToken: string;
  readonly body: unknown;
}

/**
 * Registers a copy of a patients' application with a key of its own. The access token that shows the
 * patient's permission is used up by it.
 *
 * @returns Undefined where the access token is not valid.
 * @throws {Refusal} `invalid_request` for a body that is not as it must be, or another application's
 * token; `unauthorized_client` where the application may not do so; what the site's switch says.
 * @see RFC 7591, section 3.1
 */
export function registerCopy(
  { accessToken, body }: RegistrationRequest,
  { tokens, clients, clock, site }: OauthParts,
): object | undefined {
  const { registrationFails } = site.switches;
  if (registrationFails !== undefined) throw new Refusal(registrationFails);
  const session = tokens.session(accessToken);
  const client = session === undefined ? undefined : clients.find(session.clientId);
  if (session === undefined || client === undefined) return undefined;
  const { user, patientId, until } = session;
  if (!client.mayRegister || client.registration !== undefined || user.kind !== "patient") {
    throw new Refusal("unauthorized_client");
  }
  const read = registration.safeParse(body);
  if (!read.success || read.data.software_id !== client.clientId)
    throw new Refusal("invalid_request");
  if (patientId === undefined) throw new Refusal("invalid_request");
  tokens.forgetAccess(accessToken);
  const { jwks, software_id: softwareId } = read.data;
  const clientId = `G${randomUUID().slice(1)}`;
  clients.addCopy(clientId, {
    keys: jwks.keys,
    registration: { softwareId, user, patientId, until },
  });
  return {
    redirect_uris: client.redirectUris,
    token_endpoint_auth_method: "none",
    grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer"],
    software_id: softwareId,
    client_id: clientId,
    client_id_issued_at: Math.floor(clock.now() / 1000),
    jwks,
  };
}

/** Of a key no more is kept, and none of what should not have been sent. */
const rsaKey = z
  .object({ kty: z.literal("RSA"), e: z.string().min(1), n: z.string().min(1) })
  .refine(({ n }) => bitsOf(n) >= minRsaBits);

const registration = z.looseObject({
  software_id: z.string(),
  jwks: z.looseObject({ keys: z.array(rsaKey).min(1).max(10) }),
});

/** The length of an RSA modulus. */
function bitsOf(modulus: string | undefined): number {
  const bytes = Buffer.from(modulus ?? "", "base64url");
  const first = bytes.findIndex((byte) => byte !== 0);
  if (first === -1) return 0;
  const rest = bytes.length - first - 1;
  return rest * 8 + (32 - Math.clz32(bytes[first] ?? 0));
}

const minRsaBits = 2048;
