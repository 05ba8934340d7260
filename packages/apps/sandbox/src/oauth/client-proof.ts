import { hash, timingSafeEqual } from "node:crypto";
import { decodeJwt } from "jose";
import { isConfidential } from "../access/client.ts";
import type { Client } from "../access/clients.ts";
import { isAssertionOf } from "./assertion.ts";
import { Refusal } from "./refusal.ts";
import type { OauthParts, TokenRequest } from "./token-request.ts";

/**
 * The client that sends a request: by an assertion, by its secret (header or form), or, where it is
 * public, by its word.
 *
 * @throws {Refusal} `invalid_client`, whatever is wrong.
 */
export async function proveClient(request: TokenRequest, parts: OauthParts): Promise<Client> {
  const { form, authorization } = request;
  if (form.has("client_assertion")) return proveByAssertion(request, parts);
  const shown = authorization === undefined ? fromForm(form) : fromHeader(authorization);
  const client = parts.clients.find(shown.clientId);
  if (client === undefined || client.audience === "backend") throw new Refusal("invalid_client");
  if (!isConfidential(client) && shown.secret === undefined) return client;
  if (!isSame(client.secret, shown.secret)) throw new Refusal("invalid_client");
  return client;
}

/** @throws {Refusal} `invalid_client` */
export async function proveByAssertion(
  { form, authorization }: TokenRequest,
  parts: OauthParts,
): Promise<Client> {
  const assertion = form.get("client_assertion") ?? "";
  const isTyped = form.get("client_assertion_type") === ASSERTION_TYPE;
  if (!isTyped || authorization !== undefined) throw new Refusal("invalid_client");
  const client = parts.clients.find(issuerOf(assertion));
  const claimed = form.get("client_id") ?? client?.clientId;
  if (client === undefined || claimed !== client.clientId) throw new Refusal("invalid_client");
  if (client.registration !== undefined) throw new Refusal("invalid_client");
  if (!(await isAssertionOf(client, assertion, parts))) throw new Refusal("invalid_client");
  return client;
}

interface Shown {
  readonly clientId: string;
  readonly secret: string | undefined;
}

function fromForm(form: ReadonlyMap<string, string>): Shown {
  return { clientId: form.get("client_id") ?? "", secret: form.get("client_secret") };
}

/** Both parts are encoded as in a form before they are joined (RFC 6749, 2.3.1). */
function fromHeader(authorization: string): Shown {
  const encoded = /^basic +(?<encoded>[\w+/=-]+)$/iu.exec(authorization)?.groups?.["encoded"] ?? "";
  const [id = "", ...rest] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  try {
    return { clientId: decoded(id), secret: decoded(rest.join(":")) };
  } catch {
    throw new Refusal("invalid_client");
  }
}

function decoded(text: string): string {
  return decodeURIComponent(text.replaceAll("+", " "));
}

function isSame(known: string | undefined, shown: string | undefined): boolean {
  if (known === undefined || shown === undefined) return false;
  return timingSafeEqual(hash("sha256", known, "buffer"), hash("sha256", shown, "buffer"));
}

function issuerOf(assertion: string): string {
  try {
    return decodeJwt(assertion).iss ?? "";
  } catch {
    return "";
  }
}

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
