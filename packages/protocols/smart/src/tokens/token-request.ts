import type { Clock } from "@trestle/base";
import type { SmartHttp } from "../http.ts";
import { expectJson } from "../json-answer.ts";
import { type SmartClient, proofOf } from "./client-authentication.ts";
import { type GrantKind, isRefusal, tokenRefusal } from "./token-refusal.ts";
import { type TokenResponse, readTokenResponse } from "./token-response.ts";

/** With what tokens are asked for. */
export interface TokenParts {
  readonly http: SmartHttp;
  readonly clock: Clock;
}

export interface TokenRequest {
  readonly tokenUrl: string;
  readonly grant: GrantKind;
  /** Without what shows who the client is. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly client: SmartClient;
  readonly signal?: AbortSignal;
}

/** What was granted, and when it was asked for, in milliseconds since 1970. */
export interface GrantedTokens extends TokenResponse {
  readonly askedAtMs: number;
}

/**
 * Asks a token endpoint, once.
 *
 * @throws {TrestleError} one that says which party to ask; see `partyToAsk`. `smart.fateUnknown`
 * only for a code or a refresh token, which must not be sent twice.
 */
export async function requestToken(
  { http, clock }: TokenParts,
  { tokenUrl, grant, parameters, client, signal }: TokenRequest,
): Promise<GrantedTokens> {
  const askedAtMs = clock.now();
  const shown = await proofOf(client, tokenUrl);
  const answer = await http.send({
    method: "POST",
    url: tokenUrl,
    headers: { "content-type": "application/x-www-form-urlencoded", ...shown.headers },
    body: new URLSearchParams({ ...parameters, ...shown.parameters }).toString(),
    isRepeatable: grant === "client" || grant === "assertion",
    signal,
  });
  if (isRefusal(answer)) {
    const isSigned = grant === "assertion" || client.authentication.type === "key";
    throw tokenRefusal(answer, { grant, isSigned, clock });
  }
  return { ...readTokenResponse(expectJson(answer)), askedAtMs };
}
