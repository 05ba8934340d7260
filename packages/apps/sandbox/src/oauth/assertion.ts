import type { Clock } from "@trestle/base";
import {
  type JWK,
  type JWTPayload,
  type ProtectedHeaderParameters,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  importJWK,
  importSPKI,
  jwtVerify,
} from "jose";
import type { Client } from "../access/clients.ts";
import type { Site } from "../site/site.ts";
import type { Expiring } from "./expiring.ts";
import type { KeySets } from "./key-sets.ts";

export interface AssertionParts {
  readonly site: Site;
  readonly clock: Clock;
  readonly keySets: KeySets;
  /** Ids of assertions that were accepted, until these end. */
  readonly usedIds: Expiring<true>;
}

/**
 * Whether an assertion shows that its sender is this client. Sites do not tell what is wrong with
 * one, so neither does this.
 *
 * RSA keys of 2048 bits or more with RS256, RS384 or RS512; elliptic curves only for a client with an
 * address for its keys, which is asked at most once for each assertion.
 *
 * @see RFC 7523, section 3; SMART App Launch 2.2, backend services
 */
export async function isAssertionOf(
  client: Client,
  assertion: string,
  parts: AssertionParts,
): Promise<boolean> {
  const read = decode(assertion);
  if (read === undefined || !areHeadersFine(read.header, client)) return false;
  if (!areClaimsFine(read.claims, client, parts)) return false;
  const { jti = "", exp = 0 } = read.claims;
  const id = `${client.clientId} ${jti}`;
  if (parts.usedIds.get(id) === true) return false;
  if (!(await isSigned(client, { assertion, header: read.header }, parts))) return false;
  // Asked again: another with the same id may have been accepted while the keys were on their way.
  if (parts.usedIds.get(id) === true) return false;
  parts.usedIds.put(id, true, (exp + parts.site.switches.clockSkewSeconds) * 1000);
  return true;
}

interface Decoded {
  readonly header: ProtectedHeaderParameters;
  readonly claims: JWTPayload;
}

function decode(assertion: string): Decoded | undefined {
  try {
    return { header: decodeProtectedHeader(assertion), claims: decodeJwt(assertion) };
  } catch {
    return undefined;
  }
}

function areHeadersFine(header: ProtectedHeaderParameters, { jwksUrl }: Client): boolean {
  const { alg = "", typ = "JWT", jku } = header;
  const allowed = jwksUrl === undefined ? RSA : [...RSA, ...CURVES];
  return allowed.includes(alg) && typ === "JWT" && (jku === undefined || jku === jwksUrl);
}

function areClaimsFine(claims: JWTPayload, client: Client, { site, clock }: AssertionParts) {
  const { iss, sub, aud, jti } = claims;
  const { switches, addresses } = site;
  const audiences = new Set<unknown>([addresses.token, ...switches.extraAudiences]);
  // The library says what it should be; it is what the sender wrote.
  const named: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return (
    iss === client.clientId &&
    sub === client.clientId &&
    named.some((audience) => audiences.has(audience)) &&
    typeof jti === "string" &&
    jti !== "" &&
    jti.length <= maxIdCharacters &&
    areTimesFine(claims, { nowSeconds: clock.now() / 1000, skew: switches.clockSkewSeconds })
  );
}

function areTimesFine(
  { exp, nbf, iat }: JWTPayload,
  { nowSeconds, skew }: { readonly nowSeconds: number; readonly skew: number },
): boolean {
  if (typeof exp !== "number") return false;
  if (exp + skew <= nowSeconds || exp > nowSeconds + maxLifeSeconds + skew) return false;
  return [nbf, iat].every(
    (from) => from === undefined || (from <= nowSeconds + skew && exp - from <= maxLifeSeconds),
  );
}

interface Signed {
  readonly assertion: string;
  readonly header: ProtectedHeaderParameters;
}

async function isSigned(client: Client, signed: Signed, { keySets, clock, site }: AssertionParts) {
  const now = new Date(clock.now());
  const { jwksUrl, keys, registration } = client;
  if (jwksUrl === undefined) {
    const isTaken = registration !== undefined || site.switches.keyMode === "static";
    return isTaken && fitsOneOf(await staticKeys(keys), signed, now);
  }
  const cached = keySets.cached(jwksUrl);
  if (cached !== undefined && (await fitsOneOf(cached, signed, now))) return true;
  return fitsOneOf(await keySets.fetch(jwksUrl), signed, now);
}

/** Of what is uploaded, sites keep the type, the exponent and the modulus, and no key's id. */
async function staticKeys(keys: Client["keys"]): Promise<readonly JWK[]> {
  const read = await Promise.all(keys.map(readStaticKey));
  return read.flatMap((key) =>
    key?.kty === "RSA" ? [{ kty: "RSA", n: key.n, e: key.e } as JWK] : [],
  );
}

async function readStaticKey(key: Client["keys"][number]): Promise<JWK | undefined> {
  if (typeof key !== "string") return key;
  try {
    return await exportJWK(await importSPKI(key, "RS256", { extractable: true }));
  } catch {
    return undefined;
  }
}

/** By the key's id where both have one; without it only where there is no choice. */
async function fitsOneOf(keys: readonly JWK[], signed: Signed, now: Date): Promise<boolean> {
  const { kid, alg = "" } = signed.header;
  const kty = alg.startsWith("RS") ? "RSA" : "EC";
  const ofType = keys.filter((key) => key.kty === kty);
  const named = ofType.filter(
    (key) => kid !== undefined && (key.kid === undefined || key.kid === kid),
  );
  const candidates = kid === undefined ? ofType : named;
  if (kid === undefined && candidates.length > 1) return false;
  for (const key of candidates) if (await fits(key, signed, now)) return true;
  return false;
}

async function fits(key: JWK, { assertion, header }: Signed, now: Date): Promise<boolean> {
  try {
    const imported = await importJWK(key, header.alg);
    // The library takes no RSA key below 2048 bits. Times were looked at before, with the site's
    // own tolerance.
    await jwtVerify(assertion, imported, { currentDate: now, clockTolerance: 600 });
    return true;
  } catch {
    return false;
  }
}

const RSA = ["RS256", "RS384", "RS512"];
const CURVES = ["ES256", "ES384"];
const maxLifeSeconds = 300;
const maxIdCharacters = 151;
