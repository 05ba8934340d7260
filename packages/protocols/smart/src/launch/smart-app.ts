import { hash } from "node:crypto";
import { type Clock, Secret, useSecret } from "@trestle/base";
import type { Discovery } from "../discovery/discovery.ts";
import type { SmartEndpoints } from "../discovery/endpoints.ts";
import { smartErrors } from "../errors.ts";
import type { SmartHttp } from "../http.ts";
import { type Identity, verifyIdentity } from "../identity/id-token.ts";
import { type SmartIdentitySettings, smartIdentity } from "../identity/identity-settings.ts";
import { IssuerKeys } from "../identity/issuer-keys.ts";
import { parseScopes } from "../scopes/parse.ts";
import type { SmartClient } from "../tokens/client-authentication.ts";
import { type GrantedTokens, requestToken } from "../tokens/token-request.ts";
import { type Redirect, authorizationRequest } from "./authorization-request.ts";
import { type Callback, codeOf, readCallback, refusal } from "./callback.ts";
import type { LaunchStore, PendingLaunch } from "./pending-launch.ts";
import { type UnmetScopes, unmetScopes } from "./unmet-scopes.ts";

export interface SmartAppOptions {
  readonly http: SmartHttp;
  readonly clock: Clock;
  /** Makes what must not be guessed: at least 32 random bytes as base64url. */
  readonly newToken: () => string;
  readonly discovery: Discovery;
  readonly launches: LaunchStore;
  readonly client: SmartClient;
  /** Exactly as it is registered. */
  readonly redirectUrl: string;
  /** Such as `openid fhirUser user/Patient.rs`. What a kind of launch needs is added to it. */
  readonly scopes: string;
  /** FHIR base addresses that may launch the app: from others anybody could. */
  readonly servers: readonly string[];
  readonly identity?: Partial<SmartIdentitySettings>;
  /** Sent along with each authorization request, such as `prompt`; never in place of the standard's. */
  readonly moreParameters?: Readonly<Record<string, string>>;
  /** Longer authorization requests are sent as a form where the server takes one; 2000 if left out. */
  readonly maxUrlLength?: number;
}

/** What identifies the browser: the value of a cookie. Undefined where it keeps none. */
export interface BrowserOptions {
  readonly browser: string | undefined;
}

/** What a launch gave. */
export interface Session {
  /** As the launch named it. */
  readonly fhirBaseUrl: string;
  readonly tokens: GrantedTokens;
  /** Undefined where no id_token was asked for, or none came and none is required. */
  readonly identity: Identity | undefined;
  readonly unmet: UnmetScopes;
}

/**
 * An app that users launch: from within the hospital's software, or by themselves.
 *
 * @see SMART App Launch 2.2
 */
export class SmartApp {
  readonly #options: SmartAppOptions;
  readonly #identity: SmartIdentitySettings;
  readonly #keys: IssuerKeys;

  constructor(options: SmartAppOptions) {
    this.#options = options;
    this.#identity = smartIdentity.parse(options.identity ?? {});
    this.#keys = new IssuerKeys(options, this.#identity.maxKeyAgeSeconds * 1000);
  }

  /**
   * Begins a launch that the hospital's software started.
   *
   * @param url Of the request to the app's launch address; a path with its query is enough.
   * @returns Where to send the browser.
   * @throws {TrestleError} `smart.launchNotUsable`, `smart.issuerNotAllowed`,
   * `smart.endpointMissing`, `smart.addressNotSecure`, `smart.tooManyLaunches`, and what discovery
   * throws
   */
  async launchFromRecord(url: string, { browser }: BrowserOptions): Promise<Redirect> {
    const query = new URL(url, "https://launch.invalid").searchParams;
    const iss = query.get("iss") ?? "";
    const launch = query.get("launch") ?? "";
    if (iss === "") throw smartErrors.launchNotUsable({ missing: "iss" });
    if (launch === "") throw smartErrors.launchNotUsable({ missing: "launch" });
    return this.#begin({ fhirBaseUrl: iss, launch, scopes: this.#scopesWith("launch"), browser });
  }

  /**
   * Begins a launch that starts at the app. A patient's asks for the patient too.
   *
   * @throws {TrestleError} as `launchFromRecord`
   */
  async launchAlone(
    user: "clinician" | "patient",
    { fhirBaseUrl, browser }: BrowserOptions & { readonly fhirBaseUrl: string },
  ): Promise<Redirect> {
    const scopes = user === "patient" ? this.#scopesWith("launch/patient") : this.#scopesWith();
    return this.#begin({ fhirBaseUrl, launch: undefined, scopes, browser });
  }

  /**
   * Finishes a launch when the browser comes back.
   *
   * @param url Of the request to the redirect address; a path with its query is enough.
   * @throws {TrestleError} one that says which party to ask; see `partyToAsk`
   */
  async finish(url: string, { browser }: BrowserOptions): Promise<Session> {
    const callback = readCallback(url);
    const pending = await this.#taken(callback, browser);
    const { endpoints } = await this.#options.discovery.find(pending.fhirBaseUrl);
    checkIssuer(callback, pending, endpoints);
    const tokens = await this.#exchanged(codeOf(callback), pending);
    return {
      fhirBaseUrl: pending.fhirBaseUrl,
      tokens,
      identity: await this.#identityOf(tokens, pending, endpoints),
      unmet: unmetScopes(parseScopes(pending.scopes), tokens),
    };
  }

  async #begin(asked: {
    readonly fhirBaseUrl: string;
    readonly launch: string | undefined;
    readonly scopes: string;
    readonly browser: string | undefined;
  }): Promise<Redirect> {
    const { discovery, launches, client, redirectUrl } = this.#options;
    const { moreParameters = {}, maxUrlLength = 2000 } = this.#options;
    const { fhirBaseUrl, launch } = asked;
    this.#checkServer(fhirBaseUrl);
    const { endpoints } = await discovery.find(fhirBaseUrl, ["authorizeUrl"]);
    const pending = this.#pending(asked, endpoints);
    const redirect = authorizationRequest({
      endpoints,
      clientId: client.clientId,
      redirectUrl,
      pending,
      launch,
      moreParameters,
      maxUrlLength,
    });
    await launches.put(pending);
    return redirect;
  }

  #pending(
    asked: { fhirBaseUrl: string; scopes: string; browser: string | undefined },
    { tokenUrl, issuer }: SmartEndpoints,
  ): PendingLaunch {
    const { newToken, clock } = this.#options;
    return {
      state: newToken(),
      codeVerifier: new Secret(newToken()),
      nonce: asked.scopes.split(" ").includes("openid") ? newToken() : undefined,
      fhirBaseUrl: asked.fhirBaseUrl,
      tokenUrl,
      issuer,
      scopes: asked.scopes,
      browserDigest: digestOf(asked.browser),
      beganAtMs: clock.now(),
    };
  }

  async #taken({ state, error }: Callback, browser: string | undefined): Promise<PendingLaunch> {
    const pending = state === undefined ? undefined : await this.#options.launches.take(state);
    // Some servers leave the state out when they refuse.
    if (pending === undefined && error !== undefined) throw refusal(error);
    if (pending === undefined) throw smartErrors.launchUnknown();
    if (pending.browserDigest !== digestOf(browser)) throw smartErrors.browserDiffers();
    return pending;
  }

  #exchanged(code: string, pending: PendingLaunch): Promise<GrantedTokens> {
    const { client, redirectUrl } = this.#options;
    return requestToken(this.#options, {
      tokenUrl: pending.tokenUrl,
      grant: "code",
      parameters: {
        grant_type: "authorization_code",
        code,
        redirect_uri: redirectUrl,
        code_verifier: useSecret(pending.codeVerifier),
      },
      client,
    });
  }

  async #identityOf(
    { idToken }: GrantedTokens,
    { nonce }: PendingLaunch,
    endpoints: SmartEndpoints,
  ): Promise<Identity | undefined> {
    if (nonce === undefined) return undefined;
    if (idToken === undefined) {
      if (this.#identity.isRequired) throw smartErrors.identityMissing();
      return undefined;
    }
    const { clientId } = this.#options.client;
    return verifyIdentity(
      { keys: this.#keys, clock: this.#options.clock, settings: this.#identity },
      { idToken, endpoints, clientId, nonce },
    );
  }

  #checkServer(fhirBaseUrl: string): void {
    const isKnown = this.#options.servers.some(
      (server) => withoutSlash(server) === withoutSlash(fhirBaseUrl),
    );
    if (!isKnown) throw smartErrors.issuerNotAllowed();
  }

  /** The app's scopes with the one that this kind of launch needs, and without those of others. */
  #scopesWith(needed?: string): string {
    const own = this.#options.scopes
      .split(/\s+/u)
      .filter((scope) => scope !== "" && scope !== "launch");
    return [...new Set(needed === undefined ? own : [needed, ...own])].join(" ");
  }
}

/** The server that answers must be the one that was asked. @see RFC 9207, section 2.4 */
function checkIssuer(
  { issuer }: Callback,
  pending: PendingLaunch,
  { namesIssuerInCallback }: SmartEndpoints,
): void {
  const isWrong = issuer !== undefined && pending.issuer !== undefined && issuer !== pending.issuer;
  if (isWrong || (namesIssuerInCallback && issuer === undefined)) {
    throw smartErrors.callbackIssuerDiffers();
  }
}

function digestOf(browser: string | undefined): string | undefined {
  return browser === undefined ? undefined : hash("sha256", browser, "base64url");
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/u, "");
}
