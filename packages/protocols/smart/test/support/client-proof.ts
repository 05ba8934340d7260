import type { Clock } from "@trestle/base";
import {
  type JSONWebKeySet,
  type JWTPayload,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  jwtVerify,
} from "jose";
import type { Received } from "./http-server.ts";

/** A client as the test server knows it. */
export interface KnownClient {
  readonly redirectUrls: readonly string[];
  readonly proof:
    | { readonly type: "none" }
    | { readonly type: "secret"; readonly secret: string }
    | { readonly type: "keys"; readonly keySetUrl: string }
    | { readonly type: "static keys"; readonly keySet: JSONWebKeySet };
}

export interface CheckParts {
  readonly clock: Clock;
  readonly tokenUrl: string;
  readonly clients: Map<string, KnownClient>;
  readonly keySets: KeySetCache;
  readonly usedIds: Set<string>;
}

/** The id of the client that a token request proves to be, or undefined. */
export async function provenClient(
  parts: CheckParts,
  { headers, body }: Received,
): Promise<string | undefined> {
  const form = new URLSearchParams(body);
  const assertion = form.get("client_assertion");
  if (assertion !== null) {
    const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    if (form.get("client_assertion_type") !== type) return undefined;
    return provenByAssertion(parts, assertion);
  }
  const [id, secret] = credentials(headers["authorization"], form);
  const proof = parts.clients.get(id)?.proof;
  if (proof?.type === "none") return secret === undefined ? id : undefined;
  return proof?.type === "secret" && proof.secret === secret ? id : undefined;
}

/** Checks an assertion by the rules of RFC 7523 and of a strict server: five minutes, used once. */
export async function provenByAssertion(
  parts: CheckParts,
  assertion: string,
): Promise<string | undefined> {
  const { alg, typ, jku } = decodeProtectedHeader(assertion);
  if (typ !== "JWT" || !["RS384", "ES384"].includes(alg ?? "")) return undefined;
  const { iss = "" } = decodeJwt(assertion);
  const keySet = await keySetOf(parts, iss, jku);
  if (keySet === undefined) return undefined;
  try {
    const { payload } = await jwtVerify(assertion, createLocalJWKSet(keySet), {
      issuer: iss,
      subject: iss,
      audience: parts.tokenUrl,
      currentDate: new Date(parts.clock.now()),
      requiredClaims: ["jti", "exp"],
    });
    return isTimely(payload, parts.clock) && isNew(payload, parts.usedIds) ? iss : undefined;
  } catch {
    return undefined;
  }
}

async function keySetOf(
  { clients, keySets }: CheckParts,
  clientId: string,
  jku: string | undefined,
): Promise<JSONWebKeySet | undefined> {
  const proof = clients.get(clientId)?.proof;
  if (proof?.type === "static keys") return proof.keySet;
  if (proof?.type !== "keys" || (jku !== undefined && jku !== proof.keySetUrl)) return undefined;
  return keySets.get(proof.keySetUrl);
}

function isTimely({ exp = Infinity, iat = 0 }: JWTPayload, clock: Clock): boolean {
  const nowSeconds = clock.now() / 1000;
  return exp <= nowSeconds + 300 && iat <= nowSeconds;
}

function isNew({ jti = "" }: JWTPayload, usedIds: Set<string>): boolean {
  const isGood = jti !== "" && jti.length <= 151 && !usedIds.has(jti);
  usedIds.add(jti);
  return isGood;
}

/** Keeps key sets for as long as it may, up to 29 hours, and never asks again before. */
export class KeySetCache {
  readonly #clock: Clock;
  readonly #maxAgeMs: number;
  readonly #known = new Map<string, { readonly set: JSONWebKeySet; readonly atMs: number }>();

  constructor(clock: Clock, maxAgeMs = 29 * 3_600_000) {
    this.#clock = clock;
    this.#maxAgeMs = maxAgeMs;
  }

  async get(url: string): Promise<JSONWebKeySet> {
    const known = this.#known.get(url);
    if (known !== undefined && this.#clock.now() - known.atMs < this.#maxAgeMs) return known.set;
    const set = (await (await fetch(url)).json()) as JSONWebKeySet;
    this.#known.set(url, { set, atMs: this.#clock.now() });
    return set;
  }
}

function credentials(
  authorization: string | string[] | undefined,
  form: URLSearchParams,
): readonly [string, string | undefined] {
  const basic = /^Basic (?<pair>.+)$/u.exec(String(authorization ?? ""))?.groups?.["pair"];
  if (basic === undefined)
    return [form.get("client_id") ?? "", form.get("client_secret") ?? undefined];
  const [id = "", secret = ""] = Buffer.from(basic, "base64").toString("utf8").split(":");
  const decode = (text: string): string => new URLSearchParams(`a=${text}`).get("a") ?? "";
  return [decode(id), decode(secret)];
}
