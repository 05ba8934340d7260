import { TrestleError } from "@trestle/base";
import { smartErrors } from "../errors.ts";
import type { HttpAnswer, SmartHttp } from "../http.ts";
import { type JsonObject, expectJson, isXml } from "../json-answer.ts";
import { readCapabilityStatement } from "./capability-statement.ts";
import type { EndpointsSource, FoundEndpoints, SmartEndpoints } from "./endpoints.ts";
import { readSmartConfiguration } from "./smart-configuration.ts";

/** What is asked of a server. */
export interface Question {
  readonly fhirBaseUrl: string;
  /** Sent along; some servers tell more to a client that says who it is. */
  readonly headers: Readonly<Record<string, string>>;
  /** Addresses that the smart-configuration may leave to the CapabilityStatement. */
  readonly wants: readonly ("authorizeUrl" | "registerUrl")[];
}

/**
 * Asks for the smart-configuration, and for the CapabilityStatement where something is missing in
 * it. An address is never made up from another one.
 *
 * @throws {TrestleError} `smart.noEndpoints` where both answered and neither names a token endpoint;
 * the failure of the smart-configuration where that may pass.
 */
export async function askServer(
  http: SmartHttp,
  question: Question,
): Promise<{ endpoints: SmartEndpoints; source: EndpointsSource }> {
  const first = await attempt(() => smartConfiguration(http, question));
  if (first.found !== undefined && isEnough(first.found, question)) {
    return { endpoints: complete(question, first.found), source: "smart-configuration" };
  }
  const second = await attempt(() => capabilityStatement(http, question));
  const found = { ...second.found, ...first.found };
  if (found.tokenUrl === undefined) throw whyNothing(question, [first.failure, second.failure]);
  // What is wanted may be in the document that could not be had just now.
  if (second.failure?.failure === "transient" && !isEnough(found, question)) throw second.failure;
  return { endpoints: complete(question, found), source: sourceOf(first.found, second.found) };
}

interface Attempt {
  readonly found?: FoundEndpoints;
  readonly failure?: TrestleError;
}

async function attempt(ask: () => Promise<FoundEndpoints>): Promise<Attempt> {
  try {
    return { found: await ask() };
  } catch (error) {
    if (!(error instanceof TrestleError)) throw error;
    return { failure: error };
  }
}

async function smartConfiguration(http: SmartHttp, question: Question): Promise<FoundEndpoints> {
  const url = `${question.fhirBaseUrl}/.well-known/smart-configuration`;
  return readSmartConfiguration(await document(http, url, question.headers));
}

async function capabilityStatement(http: SmartHttp, question: Question): Promise<FoundEndpoints> {
  const url = `${question.fhirBaseUrl}/metadata`;
  const headers = { ...question.headers, accept: "application/fhir+json, application/json" };
  const answer = await get(http, url, headers);
  // Some servers give XML whatever the header says, and listen to the parameter alone.
  if (!isXml(answer)) return readCapabilityStatement(expectJson(answer));
  return readCapabilityStatement(await document(http, `${url}?_format=json`, headers));
}

async function document(
  http: SmartHttp,
  url: string,
  headers: Question["headers"],
): Promise<JsonObject> {
  return expectJson(await get(http, url, headers));
}

function get(http: SmartHttp, url: string, headers: Question["headers"]): Promise<HttpAnswer> {
  return http.send({ method: "GET", url, headers, isRepeatable: true });
}

function isEnough(found: FoundEndpoints, { wants }: Question): boolean {
  return found.tokenUrl !== undefined && wants.every((name) => found[name] !== undefined);
}

function complete({ fhirBaseUrl }: Question, found: FoundEndpoints): SmartEndpoints {
  return {
    tokenUrl: "",
    capabilities: [],
    scopesSupported: [],
    authMethodsSupported: [],
    grantTypesSupported: [],
    codeChallengeMethodsSupported: [],
    namesIssuerInCallback: false,
    document: {},
    ...found,
    fhirBaseUrl,
  };
}

function sourceOf(
  first: FoundEndpoints | undefined,
  second: FoundEndpoints | undefined,
): EndpointsSource {
  if (first?.tokenUrl === undefined) return "CapabilityStatement";
  return second?.tokenUrl === undefined ? "smart-configuration" : "both";
}

/** What may pass comes first: a server that is down has not said that it has no endpoints. */
function whyNothing(
  { fhirBaseUrl }: Question,
  failures: readonly (TrestleError | undefined)[],
): TrestleError {
  const known = failures.filter((failure) => failure !== undefined);
  const passing = known.find(({ failure }) => failure === "transient");
  const cause = known.find(({ code }) => code !== "smart.notJson") ?? known[0];
  return passing ?? smartErrors.noEndpoints({ host: URL.parse(fhirBaseUrl)?.host ?? "" }, cause);
}
