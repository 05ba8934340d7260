import type { Clock } from "@trestle/base";
import type { Clients } from "../access/clients.ts";
import type { Users } from "../access/users.ts";
import type { FhirStore } from "../fhir/store.ts";
import type { Site } from "../site/site.ts";
import type { Expiring } from "./expiring.ts";
import { exchangeCode } from "./grants/authorization-code.ts";
import { exchangeToken } from "./grants/exchange.ts";
import { letBackendIn } from "./grants/backend.ts";
import { refreshAccess } from "./grants/refresh.ts";
import { letCopyIn } from "./grants/registered-copy.ts";
import type { KeySets } from "./key-sets.ts";
import { Refusal } from "./refusal.ts";
import type { SiteKeys } from "./site-keys.ts";
import type { Tokens } from "./tokens.ts";

/** What sign-in and tokens work with. */
export interface OauthParts {
  readonly site: Site;
  readonly clock: Clock;
  readonly clients: Clients;
  readonly users: Users;
  readonly store: FhirStore;
  readonly keys: SiteKeys;
  readonly keySets: KeySets;
  readonly tokens: Tokens;
  readonly usedIds: Expiring<true>;
}

/** A request for a token, as it came: a form, and perhaps a header that shows who sends it. */
export interface TokenRequest {
  readonly form: ReadonlyMap<string, string>;
  readonly authorization: string | undefined;
}

/** The members of an answer, in their order. */
export type TokenAnswer = Readonly<Record<string, string | number>>;

/** @throws {Refusal} */
export async function answerToken(request: TokenRequest, parts: OauthParts): Promise<TokenAnswer> {
  const grant = GRANTS[request.form.get("grant_type") ?? ""];
  if (grant === undefined) throw new Refusal("invalid_request");
  return grant(request, parts);
}

type Grant = (request: TokenRequest, parts: OauthParts) => Promise<TokenAnswer>;

const GRANTS: Readonly<Record<string, Grant>> = Object.assign(
  Object.create(null) as Record<string, Grant>,
  {
    authorization_code: exchangeCode,
    refresh_token: refreshAccess,
    client_credentials: letBackendIn,
    "urn:ietf:params:oauth:grant-type:jwt-bearer": letCopyIn,
    "urn:ietf:params:oauth:grant-type:token-exchange": exchangeToken,
  },
);
