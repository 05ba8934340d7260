import { createHash, randomUUID } from "node:crypto";
import type { Clock } from "@trestle/base";
import { type JWK, SignJWT, type CryptoKey, exportJWK, generateKeyPair } from "jose";
import {
  type CheckParts,
  KeySetCache,
  type KnownClient,
  provenByAssertion,
  provenClient,
} from "./client-proof.ts";
import {
  type Answer,
  type Received,
  type TestHttpServer,
  json,
  startHttpServer,
} from "./http-server.ts";

/** An authorization server of a small hospital, with a FHIR base beside it on another path. */
export interface OAuthServer {
  readonly http: TestHttpServer;
  readonly fhirBaseUrl: string;
  readonly tokenUrl: string;
  readonly clients: Map<string, KnownClient>;
  readonly site: Site;
  /** Signs id_tokens with a new key from now on. */
  rotateKeys(keyId?: string): Promise<void>;
  /** Signs any claims with the present key. */
  signIdToken(claims: Record<string, unknown>, header?: Record<string, string>): Promise<string>;
  /** Ends the life of everything that was granted. */
  revokeAll(): void;
  close(): Promise<void>;
}

/** What the hospital decides; tests change it. */
export interface Site {
  smartConfiguration: Record<string, unknown>;
  /** What is granted whatever is asked; undefined grants what was asked. */
  scope: string | undefined;
  lifetimeSeconds: number;
  givesRefreshToken: boolean;
  rotatesRefreshToken: boolean;
  /** Added to every token answer; an undefined value takes a member out. */
  extra: Record<string, unknown>;
  idTokenClaims: Record<string, unknown>;
}

interface Granted {
  readonly clientId: string;
  readonly scope: string;
  readonly nonce: string | undefined;
  readonly challenge?: string | null;
  readonly redirectUrl?: string | null;
}

interface State {
  readonly site: Site;
  readonly codes: Map<string, Granted>;
  readonly refreshTokens: Map<string, Granted>;
  readonly check: CheckParts;
  readonly issuer: string;
  readonly clock: Clock;
  signing: { readonly key: CryptoKey; readonly jwk: JWK };
  serial: number;
}

export async function startOAuthServer(clock: Clock, keyCacheMs?: number): Promise<OAuthServer> {
  const clients = new Map<string, KnownClient>();
  const http = await startHttpServer(clock, (received) => handle(received));
  const issuer = `${http.origin}/login`;
  const tokenUrl = `${issuer}/token`;
  const state: State = {
    site: newSite(http.origin, issuer),
    codes: new Map(),
    refreshTokens: new Map(),
    check: {
      clock,
      tokenUrl,
      clients,
      keySets: new KeySetCache(clock, keyCacheMs),
      usedIds: new Set(),
    },
    issuer,
    clock,
    signing: await newSigningKey(),
    serial: 0,
  };

  async function handle(received: Received): Promise<Answer> {
    const { path } = received;
    if (path.endsWith("/smart-configuration")) return json(state.site.smartConfiguration);
    if (path.endsWith("/metadata")) return capabilityStatement(issuer, received);
    if (path.endsWith("/authorize")) return authorize(state, received);
    if (path.endsWith("/token")) return token(state, received);
    if (path.endsWith("/register")) return register(state, received);
    if (path.endsWith("/keys")) return json({ keys: [state.signing.jwk] });
    if (path.endsWith("/openid-configuration")) {
      return json({ issuer, jwks_uri: `${issuer}/keys` });
    }
    return { status: 404 };
  }

  return {
    http,
    tokenUrl,
    clients,
    site: state.site,
    fhirBaseUrl: `${http.origin}/chart/R4`,
    async rotateKeys(keyId) {
      state.signing = await newSigningKey(keyId);
    },
    signIdToken: (claims, header) => sign(state, claims, header),
    revokeAll() {
      state.refreshTokens.clear();
      state.codes.clear();
    },
    close: () => http.close(),
  };
}

function newSite(origin: string, issuer: string): Site {
  return {
    smartConfiguration: {
      issuer,
      jwks_uri: `${issuer}/keys`,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      capabilities: ["launch-ehr", "launch-standalone", "authorize-post"],
      code_challenge_methods_supported: ["S256"],
      about: origin,
    },
    scope: undefined,
    lifetimeSeconds: 3600,
    givesRefreshToken: false,
    rotatesRefreshToken: false,
    extra: {},
    idTokenClaims: {},
  };
}

/** Signs the user in without asking, and sends the browser back. */
function authorize({ codes, check }: State, { method, query, body }: Received): Answer {
  const form = method === "POST" ? new URLSearchParams(body) : query;
  const redirectUrl = form.get("redirect_uri") ?? "";
  const client = check.clients.get(form.get("client_id") ?? "");
  const isGood =
    form.get("response_type") === "code" &&
    form.get("code_challenge_method") === "S256" &&
    form.has("aud") &&
    client?.redirectUrls.includes(redirectUrl) === true;
  if (!isGood) return { status: 400, headers: { "content-type": "text/html" }, body: "<html>" };
  const code = `ey.${randomUUID()}.${"c".repeat(900)}`;
  codes.set(code, {
    clientId: form.get("client_id") ?? "",
    scope: form.get("scope") ?? "",
    nonce: form.get("nonce") ?? undefined,
    challenge: form.get("code_challenge"),
    redirectUrl,
  });
  const back = new URL(redirectUrl);
  back.searchParams.set("code", code);
  back.searchParams.set("state", form.get("state") ?? "");
  return { status: 302, headers: { location: back.href } };
}

async function token(state: State, received: Received): Promise<Answer> {
  const form = new URLSearchParams(received.body);
  const grant = form.get("grant_type") ?? "";
  if (grant === "urn:ietf:params:oauth:grant-type:jwt-bearer") return byAssertion(state, form);
  const clientId = await provenClient(state.check, received);
  if (clientId === undefined) return refused("invalid_client");
  if (grant === "client_credentials") {
    return granted(state, { clientId, scope: form.get("scope") ?? "", nonce: undefined });
  }
  if (grant === "authorization_code") return byCode(state, { clientId, form });
  if (grant === "refresh_token") return byRefreshToken(state, { clientId, form });
  return refused("unsupported_grant_type");
}

async function byAssertion(state: State, form: URLSearchParams): Promise<Answer> {
  const clientId = await provenByAssertion(state.check, form.get("assertion") ?? "");
  if (clientId === undefined || clientId !== form.get("client_id")) return refused("invalid_grant");
  return granted(state, { clientId, scope: "patient/*.rs", nonce: undefined });
}

function byCode(
  state: State,
  { clientId, form }: { clientId: string; form: URLSearchParams },
): Promise<Answer> | Answer {
  const code = form.get("code") ?? "";
  const known = state.codes.get(code);
  state.codes.delete(code);
  const challenge = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  const isGood =
    known?.clientId === clientId &&
    known.challenge === challenge &&
    known.redirectUrl === form.get("redirect_uri");
  return isGood ? granted(state, known) : refused("invalid_grant");
}

function byRefreshToken(
  state: State,
  { clientId, form }: { clientId: string; form: URLSearchParams },
): Promise<Answer> | Answer {
  const refreshToken = form.get("refresh_token") ?? "";
  const known = state.refreshTokens.get(refreshToken);
  if (known?.clientId !== clientId) return refused("invalid_grant");
  if (!state.site.rotatesRefreshToken)
    return granted(state, { ...known, nonce: undefined }, "keeps");
  state.refreshTokens.delete(refreshToken);
  return granted(state, { ...known, nonce: undefined });
}

async function granted(state: State, grant: Granted, refresh = "new"): Promise<Answer> {
  const { site } = state;
  state.serial += 1;
  const refreshToken = `refresh-${state.serial}`;
  const isUser = grant.challenge !== undefined || refresh === "keeps";
  const givesNew = site.givesRefreshToken && isUser && refresh === "new";
  if (givesNew) state.refreshTokens.set(refreshToken, grant);
  const nowSeconds = Math.floor(state.clock.now() / 1000);
  const idToken =
    grant.nonce === undefined
      ? {}
      : {
          id_token: await sign(state, {
            iss: state.issuer,
            sub: "user-1",
            aud: grant.clientId,
            nonce: grant.nonce,
            iat: nowSeconds,
            exp: nowSeconds + 300,
            fhirUser: "Practitioner/user-1",
            ...site.idTokenClaims,
          }),
        };
  return json({
    access_token: `access-${state.serial}`,
    token_type: "Bearer",
    expires_in: site.lifetimeSeconds,
    scope: site.scope ?? grant.scope,
    ...(givesNew ? { refresh_token: refreshToken } : {}),
    ...idToken,
    ...site.extra,
  });
}

function register({ check }: State, { headers, body }: Received): Answer {
  if (!String(headers["authorization"]).startsWith("Bearer access-")) return { status: 401 };
  const asked = JSON.parse(body) as { software_id: string; jwks: { keys: [] } };
  if (!check.clients.has(asked.software_id)) return refused("invalid_grant");
  const clientId = `G${check.clients.size}`;
  check.clients.set(clientId, {
    redirectUrls: [],
    proof: { type: "static keys", keySet: asked.jwks },
  });
  return json({ client_id: clientId, software_id: asked.software_id }, 201);
}

function capabilityStatement(issuer: string, { headers, query }: Received): Answer {
  const wantsJson =
    String(headers["accept"] ?? "").includes("json") || query.get("_format") === "json";
  if (!wantsJson) return xmlStatement;
  const uri = (url: string) => ({ url, valueUri: `${issuer}/${url}` });
  const names = ["authorize", "token"];
  if (headers["example-client"] === "app-1") names.push("register");
  const oauth = {
    url: "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
    extension: names.map((name) => uri(name)),
  };
  return json({
    resourceType: "CapabilityStatement",
    rest: [{ mode: "server", security: { extension: [oauth] } }],
  });
}

export const xmlStatement: Answer = {
  status: 200,
  headers: { "content-type": "application/fhir+xml" },
  body: '<?xml version="1.0"?><CapabilityStatement xmlns="http://hl7.org/fhir"/>',
};

/** As servers do that tell nothing but a code. */
export function refused(error: string, status = 400): Answer {
  return json({ error, error_description: null }, status);
}

async function sign(
  { signing }: State,
  claims: Record<string, unknown>,
  header: Record<string, string> = {},
): Promise<string> {
  const { kid = "" } = signing.jwk;
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid, ...header }).sign(signing.key);
}

async function newSigningKey(keyId: string = randomUUID()): Promise<State["signing"]> {
  const pair = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: keyId, alg: "RS256", use: "sig" };
  return { key: pair.privateKey, jwk };
}
