import type { Clock, Random } from "@trestle/base";
import type { FhirResource } from "@trestle/fhir";
import {
  type Dialect,
  type FhirClient,
  type LoggedRequest,
  type ResourceType,
  type SearchPage,
  type SearchParameters,
  openFhirClient,
  refusedPage,
} from "@trestle/fhir/client";
import { isType } from "@trestle/fhir/elements";
import type { QueryPart, TokenCache } from "@trestle/smart";
import { allowedPage, firstTimeOnly, isRefusal, partOf } from "./allowed-page.ts";
import { gatewayErrors } from "./errors.ts";
import type { FhirAnswer, ReadAsked, SearchAsked, SiteLoad } from "./gateway.ts";
import { matchesQuery } from "./matches-query.ts";
import {
  type Narrowed,
  type Needs,
  type Parameter,
  allowedReads,
  allowedSearches,
} from "./needs.ts";
import { OpenSearches } from "./open-searches.ts";
import { partedSearch } from "./own-parameters.ts";
import { RequestWindow } from "./request-statistics.ts";
import { loadOf } from "./site-load.ts";
import { refusedParameter } from "./refused-parameter.ts";
import {
  type NeededScope,
  type ScopeUse,
  isSameQuery,
  neededScopes,
  usedScopes,
} from "./scope-use.ts";
import { type FoundPage, answerPage, answerResource, cursorName } from "./site-answer.ts";
import { authorizationBy } from "./site-authorization.ts";
import type { SiteToOpen } from "./site-to-open.ts";

/** What one site's door is made of. */
export interface DoorParts {
  readonly site: SiteToOpen;
  readonly needs: Needs;
  readonly tokens: TokenCache;
  readonly clock: Clock;
  readonly random: Random;
  /** Told of every request, without patient data. */
  readonly log: (request: LoggedRequest & { readonly site: string }) => void;
  /** Told of each request that a needed scope stands for. */
  readonly onScopeUse: (use: ScopeUse) => void;
}

/** `isLast` where it is known already that nothing is behind it. */
type Page = FoundPage & { readonly isLast: boolean };

/** The way to one site: its client, what was asked lately, and the searches that are read on. */
export class SiteDoor {
  readonly id: string;
  readonly url: string;
  /** Name of the dialect that the site speaks. */
  readonly dialect: string;
  /** Asked for at sign-in. */
  readonly requestedScopes: readonly string[];
  /** What the hospital said that it approved; undefined where nobody wrote it down. */
  readonly approvedScopes: readonly string[] | undefined;
  readonly window: RequestWindow;
  readonly load: SiteLoad;
  readonly client: FhirClient;
  readonly #codes: Dialect["codes"];
  readonly #accessNames: Dialect["accessNames"];
  readonly #needs: Needs;
  readonly #otherPathways: SiteToOpen["otherPathways"];
  readonly #knownGaps: SiteToOpen["knownGaps"];
  readonly #searches: OpenSearches<Page>;
  readonly #needed: readonly NeededScope[];
  readonly #onScopeUse: DoorParts["onScopeUse"];

  constructor({ site, needs, tokens, clock, random, log, onScopeUse }: DoorParts) {
    this.id = site.id;
    this.dialect = site.dialect.name;
    this.requestedScopes = site.scopes ?? [];
    this.approvedScopes = site.approved;
    this.#codes = site.dialect.codes;
    this.#accessNames = site.dialect.accessNames;
    this.load = loadOf(site.settings);
    this.url = site.settings.baseUrl.replace(/\/+$/u, "");
    this.#needs = needs;
    this.#otherPathways = site.otherPathways;
    this.#knownGaps = site.knownGaps;
    this.#needed = neededScopes(needs);
    this.#onScopeUse = onScopeUse;
    const { maxOpenSearches, searchIdleSeconds, statisticsMinutes, maxStatistics } = site.limits;
    this.window = new RequestWindow({
      clock,
      windowMinutes: statisticsMinutes,
      maxKept: maxStatistics,
    });
    this.#searches = new OpenSearches<Page>({
      clock,
      maxOpen: maxOpenSearches,
      idleSeconds: searchIdleSeconds,
    });
    this.client = openFhirClient({
      settings: site.settings,
      authorization: authorizationBy(tokens),
      dialect: site.dialect,
      clock,
      random,
      log: (request) => {
        const { durationMs, kind } = request;
        this.window.note({ durationMs, ...(kind !== undefined && { failure: kind }) });
        log({ ...request, site: site.id });
      },
    });
  }

  /**
   * @throws {TrestleError} `gateway.unknownType`, `gateway.notNeeded`, `gateway.otherPathway`,
   * `gateway.parameterNotNeeded`, `gateway.parameterNotServed`, `gateway.cursorUnknown`, `fhir.*`, `smart.*`
   */
  async search({ reader, type, parameters }: SearchAsked): Promise<FhirAnswer> {
    const cursor = parameters.find(([name]) => name === cursorName)?.[1];
    const of = `${type} ${reader}`;
    const page =
      cursor === undefined
        ? await this.#searches.start(this.#found(type, parameters), of)
        : await this.#searches.next(cursor, of);
    if (page === undefined) throw gatewayErrors.cursorUnknown();
    return answerPage(type, page, { ...this.#parts, knownGaps: this.#knownGaps.get(type) ?? [] });
  }

  #found(type: string, parameters: readonly Parameter[]): AsyncGenerator<Page, void> {
    // Where a server takes `PATIENT` for Patient, no element of it would be known.
    if (!isType(type)) throw gatewayErrors.unknownType();
    const { forSite, elements } = partedSearch(parameters);
    const asked = { type, permission: "s", parameters: forSite } as const;
    const searches = allowedSearches(this.#needs, asked);
    if (searches.length === 0) throw gatewayErrors.notNeeded({ type });
    this.#refuseOtherPathway(type);
    if (refusedParameter(this.#needs, asked) !== undefined) {
      throw gatewayErrors.parameterNotNeeded({ type });
    }
    return this.#pages(type, searches, elements);
  }

  /**
   * @throws {TrestleError} `gateway.notNeeded`, `gateway.otherPathway`, `gateway.noId`, `gateway.otherType`, `fhir.*`,
   * `smart.*`
   */
  async read({ type, id }: ReadAsked): Promise<FhirAnswer> {
    const queries = allowedReads(this.#needs, { type, permission: "r", parameters: [] });
    if (queries?.length === 0) throw gatewayErrors.notNeeded({ type });
    this.#refuseOtherPathway(type);
    if (!isId.test(id)) throw gatewayErrors.noId({ type });
    const resource = await this.#resource(type, id);
    if (resource.resourceType !== type) throw gatewayErrors.otherType({ type });
    const isAllowed = queries === undefined || queries.some((each) => matchesQuery(resource, each));
    if (!isAllowed) throw gatewayErrors.notNeeded({ type });
    return answerResource(resource, this.#parts);
  }

  async #resource(type: string, id: string): Promise<FhirResource> {
    const asked = { type, permission: "r" } as const;
    try {
      const resource: FhirResource = await this.client.read(type as ResourceType, id);
      this.#used(asked, (query) => matchesQuery(resource, query));
      return resource;
    } catch (error) {
      if (isRefusal(error)) this.#used(asked, () => true, { isRefused: true });
      throw error;
    }
  }

  /** Which scopes a request stood for. */
  #used(
    asked: Parameters<typeof usedScopes>[1],
    isMeant: Parameters<typeof usedScopes>[2],
    { isRefused } = { isRefused: false },
  ): void {
    for (const scope of usedScopes(this.#needed, asked, isMeant)) {
      this.#onScopeUse({ site: this.id, scope, isRefused });
    }
  }

  /** What a code of the site's own tells, where its dialect says more than what it is judged as. */
  meaningOf(code: string): string | undefined {
    return Object.hasOwn(this.#codes, code) ? this.#codes[code]?.meaning : undefined;
  }

  /** By what names the site grants a search; none where it has none. */
  accessNames(type: string, category?: string): readonly string[] {
    return this.#accessNames?.toSearch(type, category) ?? [];
  }

  #refuseOtherPathway(type: string): void {
    const method = this.#otherPathways.get(type);
    if (method !== undefined) throw gatewayErrors.otherPathway({ type, method });
  }

  get #parts() {
    return { site: this.id, url: this.url, needs: this.#needs };
  }

  async close(): Promise<void> {
    await this.#searches.close();
    await this.client.close();
  }

  /**
   * The pages of searches one after the other; what a server gives beyond the scope is left out, and
   * what an earlier search gave already. One of several that is refused is a remark on its page.
   */
  async *#pages(
    type: string,
    searches: readonly Narrowed[],
    elements: readonly string[] | undefined,
  ): AsyncGenerator<Page, void> {
    const isNew = firstTimeOnly(searches.length);
    let refused = 0;
    for (const [index, search] of searches.entries()) {
      const isEnd = index === searches.length - 1;
      const isMeant = (query: readonly QueryPart[]) => isSameQuery(query, search.query);
      let isAnswered = false;
      try {
        for await (const page of this.#asked(type, search)) {
          if (!isAnswered) this.#used({ type, permission: "s" }, isMeant);
          isAnswered = true;
          // Of a search in parts no page knows whether it is the last.
          const isLast = isEnd && page.part === undefined && !page.hasNext;
          const { query } = search;
          yield { ...allowedPage(page, { type, query, isNew }), elements, isLast };
        }
      } catch (error) {
        refused += 1;
        if (isRefusal(error)) this.#used({ type, permission: "s" }, isMeant, { isRefused: true });
        if (!isRefusal(error) || refused === searches.length) throw error;
        yield {
          ...refusedPage<FhirResource>(partOf(search.query), error),
          elements,
          isLast: isEnd,
        };
      }
    }
  }

  #asked(type: string, { parameters }: Narrowed): AsyncGenerator<SearchPage<FhirResource>, void> {
    return this.client.search(type as ResourceType, byName(parameters)).pages();
  }
}

function byName(parameters: readonly Parameter[]): SearchParameters {
  const named = Map.groupBy(parameters, ([name]) => name);
  return Object.fromEntries(
    [...named].map(([name, all]) => [name, all.map(([, value]) => value)] as const),
  );
}

/**
 * Wider than R4's, since servers give longer ids; but `$export` and `_history` are none: what they
 * answer holds other types, of which nobody decided, and an operation may change something.
 */
const isId = /^[A-Za-z\d.-][\w.-]*$/u;
