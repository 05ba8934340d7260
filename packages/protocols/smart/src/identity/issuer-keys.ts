import type { Clock } from "@trestle/base";
import type { JSONWebKeySet } from "jose";
import type { SmartEndpoints } from "../discovery/endpoints.ts";
import { smartErrors } from "../errors.ts";
import type { SmartHttp } from "../http.ts";
import { type JsonObject, expectJson, hostOf, isObject } from "../json-answer.ts";

/** An issuer and the keys that it signs with. */
export interface Issuer {
  readonly name: string;
  readonly keys: JSONWebKeySet;
  /** Whether they were fetched for this question. */
  readonly isFresh: boolean;
}

/** Fetches the keys of issuers, each once however many wait, and keeps them for a while. */
export class IssuerKeys {
  readonly #parts: { readonly http: SmartHttp; readonly clock: Clock };
  readonly #maxAgeMs: number;
  readonly #known = new Map<string, { keys: Promise<JSONWebKeySet>; atMs: number }>();

  constructor(parts: { readonly http: SmartHttp; readonly clock: Clock }, maxAgeMs: number) {
    this.#parts = parts;
    this.#maxAgeMs = maxAgeMs;
  }

  /**
   * The issuer that a FHIR server's discovery names; where it names none, the one that signs in its
   * name by the token that came from its token endpoint.
   *
   * @param claimed The issuer that the token names.
   * @throws {TrestleError} `smart.endpointMissing` where no key set is published; how it is reached.
   * @see OpenID Connect Discovery 1.0, section 4
   */
  async find(
    endpoints: SmartEndpoints,
    claimed: string,
    mode: "cached" | "fetched" = "cached",
  ): Promise<Issuer> {
    const name = endpoints.issuer ?? claimed;
    const url = endpoints.jwksUrl ?? (await this.#publishedBy(name));
    const known = this.#known.get(url);
    if (known !== undefined && this.#isYoung(known) && mode === "cached")
      return { name, keys: await known.keys, isFresh: false };
    return { name, keys: await this.#fetched(url), isFresh: true };
  }

  /** What was fetched in the future was so before the clock was set back: nobody knows when. */
  #isYoung({ atMs }: { readonly atMs: number }): boolean {
    const passedMs = this.#parts.clock.now() - atMs;
    return passedMs >= 0 && passedMs <= this.#maxAgeMs;
  }

  async #publishedBy(issuer: string): Promise<string> {
    const url = `${issuer.replace(/\/$/u, "")}/.well-known/openid-configuration`;
    const document = await this.#document(url);
    const jwksUrl = document["jwks_uri"];
    if (document["issuer"] === issuer && typeof jwksUrl === "string") return jwksUrl;
    throw smartErrors.endpointMissing({ endpoint: "jwks", host: hostOf({ url }) });
  }

  #fetched(url: string): Promise<JSONWebKeySet> {
    const keys = this.#document(url).then(keySetOf);
    this.#known.set(url, { keys, atMs: this.#parts.clock.now() });
    // A failure is told to those who wait, and not kept.
    keys.catch(() => this.#known.delete(url));
    return keys;
  }

  async #document(url: string): Promise<JsonObject> {
    return expectJson(await this.#parts.http.send({ method: "GET", url, isRepeatable: true }));
  }
}

function keySetOf(document: JsonObject): JSONWebKeySet {
  const keys = document["keys"];
  return { keys: Array.isArray(keys) ? keys.filter(isObject) : [] };
}
