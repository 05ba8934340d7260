import { type Secret, useSecret } from "@trestle/base";
import type { JSONWebKeySet } from "jose";
import { smartErrors } from "../errors.ts";
import type { SmartHttp } from "../http.ts";
import { type JsonObject, expectJson, hostOf, withoutJson } from "../json-answer.ts";
import { errorCodeOf } from "../tokens/token-refusal.ts";

export interface RegistrationRequest {
  readonly registerUrl: string;
  /** An access token of a launch, or one that was given out for this; works once. */
  readonly initialToken: Secret<string>;
  /** The id of the app whose installation this is. */
  readonly softwareId: string;
  /** Public keys of this installation alone. */
  readonly keySet: JSONWebKeySet;
  /** Further members that a server asks for, by their names in RFC 7591. */
  readonly more?: JsonObject;
}

/** An installation that is registered. */
export interface RegisteredClient {
  readonly clientId: string;
  /** Everything that the server answered. */
  readonly document: JsonObject;
}

/**
 * Registers an installation of an app, so that it gets access without its user by a key of its own.
 *
 * @see RFC 7591, section 3
 * @throws {TrestleError} `smart.registrationRefused`; `smart.fateUnknown`: the initial token may be
 * used up, so sign in again.
 */
export async function registerClient(
  http: SmartHttp,
  { registerUrl, initialToken, softwareId, keySet, more = {} }: RegistrationRequest,
): Promise<RegisteredClient> {
  const answer = await http.send({
    method: "POST",
    url: registerUrl,
    headers: {
      authorization: `Bearer ${useSecret(initialToken)}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ ...more, software_id: softwareId, jwks: keySet }),
    isRepeatable: false,
  });
  const facts = { host: hostOf(answer), status: answer.status };
  const error = errorCodeOf(answer);
  if (error !== undefined) throw smartErrors.registrationRefused({ ...facts, error });
  if (answer.status === 401 || answer.status === 403) throw smartErrors.registrationRefused(facts);
  if (answer.status < 200 || answer.status > 299) throw withoutJson(answer);
  const document = expectJson(answer);
  const clientId = document["client_id"];
  if (typeof clientId !== "string" || clientId === "") throw smartErrors.registrationRefused(facts);
  return { clientId, document };
}
