import { SignJWT } from "jose";
import { isSince } from "../site/release.ts";
import type { CodeGrant, SessionUser } from "./session.ts";
import type { OauthParts } from "./token-request.ts";

/** Who signed in, signed by the site. @see OpenID Connect Core 1.0, section 2 */
export async function idToken(
  { session: { clientId, user }, asked }: CodeGrant,
  { site, keys, clock }: OauthParts,
): Promise<string | undefined> {
  if (user.kind === "backend") return undefined;
  const { addresses, switches } = site;
  const who = resourceOf(user);
  const now = Math.floor(clock.now() / 1000);
  const withProfile =
    asked.scopes.includes("profile") && isSince(switches.release, "February 2021");
  return new SignJWT({
    ...(asked.scopes.includes("fhirUser") && {
      fhirUser: `${addresses.fhirBase}/${who.type}/${who.id}`,
    }),
    ...(asked.nonce !== undefined && { nonce: asked.nonce }),
    ...(withProfile && { preferred_username: user.login }),
  })
    .setProtectedHeader({ alg: "RS256", kid: keys.current.kid, typ: "JWT" })
    .setIssuer(addresses.oauthBase)
    .setAudience(clientId)
    .setSubject(who.id)
    .setIssuedAt(now)
    .setExpirationTime(now + lifeSeconds)
    .sign(keys.current.privateKey);
}

/** By which resource a user stands; a proxy is a related person of the patient. */
function resourceOf(user: SignedIn): { readonly type: string; readonly id: string } {
  if (user.kind === "clinician") return { type: "Practitioner", id: user.practitionerId };
  if (user.proxyId !== undefined) return { type: "RelatedPerson", id: user.proxyId };
  return { type: "Patient", id: user.ownPatientId };
}

type SignedIn = Exclude<SessionUser, { readonly kind: "backend" }>;

const lifeSeconds = 300;
