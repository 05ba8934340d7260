import { TrestleError } from "@trestle/base";
import type { FhirResource } from "../index.ts";
import { type Answer, readContent } from "./answer.ts";
import { asResource, notFhir } from "./fhir-answer.ts";
import { type Purpose, RefusedAnswer } from "./judge.ts";
import { followed } from "./redirects.ts";
import type { Site } from "./site.ts";

/** What a GET gave, and where from. */
export interface Got {
  readonly resource: FhirResource;
  readonly text: string;
  /** Where it was in the end, behind all redirects. */
  readonly url: string;
}

/**
 * Reads FHIR from an address: follows redirects within the site, and asks a server that answers XML
 * once more with `_format=json`.
 *
 * @throws {TrestleError} `fhir.xmlAnswer`, `fhir.notFhir`, `fhir.tooManyRedirects`,
 * `fhir.foreignAddress`, and what sending throws.
 */
export async function getResource(
  site: Site,
  asked: {
    readonly url: string;
    readonly purpose: Purpose;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<Got> {
  const { learned } = site;
  const url = learned.wantsFormat ? withFormat(asked.url) : asked.url;
  const got = await followed(site, { ...asked, url, method: "GET" }, (outgoing) =>
    site.sender.send(outgoing).catch(asRedirect),
  );
  const content = readContent(got.answer.text);
  if (content.shape === "fhir") {
    return { resource: asResource(content.resource), text: got.answer.text, url: got.url };
  }
  if (content.shape !== "xml" || hasFormat(got.url)) throw notFhir(got.answer, content, asked);
  const again = await getResource(site, { ...asked, url: withFormat(got.url) });
  learned.wantsFormat = true;
  return again;
}

/** A merged record may be told by an error that names its survivor's address all the same. */
function asRedirect(error: unknown): Answer {
  if (error instanceof TrestleError && error.code === "fhir.mergedAway") {
    const { cause } = error;
    if (cause instanceof RefusedAnswer && cause.head.location !== undefined) {
      return { ...cause.head, status: 301 };
    }
  }
  throw error;
}

function hasFormat(url: string): boolean {
  return /[?&]_format=/u.test(url);
}

function withFormat(url: string): string {
  if (hasFormat(url)) return url;
  return `${url}${url.includes("?") ? "&" : "?"}_format=json`;
}
