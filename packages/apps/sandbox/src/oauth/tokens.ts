import { hash, randomBytes } from "node:crypto";
import { type Clock, newToken } from "@trestle/base";
import { SignJWT } from "jose";
import type { Site } from "../site/site.ts";
import { Expiring } from "./expiring.ts";
import type { CodeGrant, Launch, Session } from "./session.ts";
import type { SiteKeys } from "./site-keys.ts";

export interface TokenParts {
  readonly site: Site;
  readonly clock: Clock;
  readonly keys: SiteKeys;
  /** How many of each kind are remembered. */
  readonly maxTokens: number;
}

/** What a token is for, as its own claim says. */
type TokenType = "access" | "refresh" | "code" | "launch";

/** Every token that the site gave out. A token counts because it is known here, whatever it says. */
export class Tokens {
  readonly #parts: TokenParts;
  readonly #codes: Expiring<CodeGrant>;
  readonly #access: Expiring<Session>;
  readonly #refresh: Expiring<Session>;
  readonly #launches: Expiring<Launch>;

  constructor(parts: TokenParts) {
    const { clock, maxTokens } = parts;
    this.#parts = parts;
    this.#codes = new Expiring(clock, maxTokens);
    this.#access = new Expiring(clock, maxTokens);
    this.#refresh = new Expiring(clock, maxTokens);
    this.#launches = new Expiring(clock, maxTokens);
  }

  async code(grant: CodeGrant): Promise<string> {
    const seconds = this.#parts.site.switches.codeSeconds;
    const token = await this.#print("code", { clientId: grant.session.clientId, seconds });
    this.#codes.put(keyOf(token), grant, this.#in(seconds));
    return token;
  }

  /** A code works once, even where the exchange then fails. */
  takeCode(code: string): CodeGrant | undefined {
    return this.#codes.take(keyOf(code));
  }

  /** @returns The token with its life in whole seconds; it never outlives what a patient allowed. */
  async access(session: Session): Promise<{ readonly token: string; readonly seconds: number }> {
    const longest = this.#parts.site.switches.accessTokenSeconds;
    const left = ((session.until ?? Number.POSITIVE_INFINITY) - this.#parts.clock.now()) / 1000;
    const seconds = Math.max(0, Math.min(longest, Math.floor(left)));
    const token = await this.#print("access", { clientId: session.clientId, seconds });
    this.#access.put(keyOf(token), session, this.#in(seconds));
    return { token, seconds };
  }

  session(accessToken: string): Session | undefined {
    return this.#access.get(keyOf(accessToken));
  }

  /** A token that lasts as long as the permission, or long from now where that has no end. */
  async refresh(session: Session): Promise<string> {
    const token = await this.#print("refresh", { clientId: session.clientId });
    const until = session.until ?? this.#parts.clock.now() + longestStayMs;
    this.#refresh.put(keyOf(token), session, until);
    return token;
  }

  refreshable(refreshToken: string): Session | undefined {
    return this.#refresh.get(keyOf(refreshToken));
  }

  /** For refresh tokens that work once. */
  forgetRefresh(refreshToken: string): void {
    this.#refresh.take(keyOf(refreshToken));
  }

  async launch(launch: Launch): Promise<string> {
    const seconds = this.#parts.site.switches.launchSeconds;
    const token = await this.#print("launch", { clientId: launch.clientId, seconds });
    this.#launches.put(keyOf(token), launch, this.#in(seconds));
    return token;
  }

  /** What a launch token stands for; it works once, and only for its client. */
  takeLaunch(token: string, clientId: string): Launch | undefined {
    const launch = this.#launches.take(keyOf(token));
    return launch?.clientId === clientId ? launch : undefined;
  }

  /** Takes an access token out of use. */
  forgetAccess(accessToken: string): void {
    this.#access.take(keyOf(accessToken));
  }

  /** Ends all access at once; those who hold a refresh token get on, unless these end too. */
  expireAll(options: { readonly withRefresh: boolean }): number {
    const ended = this.#access.clear();
    return options.withRefresh ? ended + this.#refresh.clear() : ended;
  }

  /** Ends all that a client holds. @returns How many access and refresh tokens there were. */
  endOf(clientId: string): number {
    const isIts = (one: { readonly clientId: string }) => one.clientId === clientId;
    this.#codes.forget(({ session }) => isIts(session));
    this.#launches.forget(isIts);
    return this.#access.forget(isIts) + this.#refresh.forget(isIts);
  }

  #in(seconds: number): number {
    return this.#parts.clock.now() + seconds * 1000;
  }

  async #print(
    type: TokenType,
    { clientId, seconds }: { readonly clientId: string; readonly seconds?: number },
  ): Promise<string> {
    const { site, clock, keys } = this.#parts;
    if (site.switches.tokenFormat === "opaque") return newToken();
    const now = Math.floor(clock.now() / 1000);
    const jwt = new SignJWT({
      aud: organization(site),
      client_id: clientId,
      "epic.eci": "urn:epic:Open.Epic-current",
      "epic.metadata": randomBytes(220).toString("base64url"),
      "epic.tokentype": type,
      iat: now,
      iss: organization(site),
      jti: newToken(),
      nbf: now,
      sub: newToken(),
      ...(seconds !== undefined && { exp: now + Math.floor(seconds) }),
    }).setProtectedHeader({ alg: "RS256", typ: "JWT" });
    return jwt.sign(keys.current.privateKey);
  }
}

/** What has no end ends here, so that nothing is remembered for ever. */
const longestStayMs = 10 * 365 * 86_400_000;

/** By its hash, so that a long token costs no more than a short one. */
function keyOf(token: string): string {
  return hash("sha256", token, "base64url");
}

/** The organization's identifier: issuer and audience of its tokens. */
function organization({ switches }: Site): string {
  const environment = { hosted: 1, production: 2, nonproduction: 3 }[switches.environment];
  return `urn:oid:1.2.840.114350.1.13.${switches.customerId}.${environment}.7.3.688884.100`;
}
