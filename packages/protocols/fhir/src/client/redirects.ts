import type { Answer } from "./answer.ts";
import { fhirErrors } from "./errors.ts";
import type { OpenBody, Outgoing } from "./outgoing.ts";
import type { Site } from "./site.ts";

/** What was sent for, and where it was in the end. */
export interface Followed<T> {
  readonly answer: T;
  readonly url: string;
}

/**
 * Sends a GET, and again to where redirects lead, within the site.
 *
 * @throws {TrestleError} `fhir.tooManyRedirects`, `fhir.foreignAddress`, `fhir.notFhir` for a redirect
 * to nowhere, and what sending throws.
 */
export async function followed<T extends Pick<Answer, "status" | "location">>(
  { addresses }: Site,
  first: Outgoing,
  send: (outgoing: Outgoing) => Promise<T>,
): Promise<Followed<T>> {
  const { purpose } = first;
  let { url } = first;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const answer = await send({ ...first, url });
    if (answer.status < 300) return { answer, url };
    const { status, location } = answer;
    if (location === undefined) throw fhirErrors.notFhir({ ...purpose, status, answer: "empty" });
    url = addresses.follow(location);
  }
  throw fhirErrors.tooManyRedirects({ ...purpose });
}

/** Opens a body behind all redirects within the site. The caller closes it. */
export async function openFollowed(site: Site, first: Outgoing): Promise<OpenBody> {
  const { answer } = await followed(site, first, async (outgoing) => {
    const body = await site.sender.open(outgoing);
    if (body.status >= 300) body.close();
    return body;
  });
  return answer;
}

const MAX_REDIRECTS = 5;
