import type { FhirResource } from "../index.ts";
import { type SearchParameters, checkedType, queryOf } from "./addresses.ts";
import { type Answer, readContent } from "./answer.ts";
import { fhirErrors } from "./errors.ts";
import { asResource, notFhir } from "./fhir-answer.ts";
import { isOutcome, issuesOf } from "./issues.ts";
import { type Notice, noticeOf } from "./notices.ts";
import type { Outgoing } from "./outgoing.ts";
import type { CallOptions, Site } from "./site.ts";

/** What the server filed. */
export interface Written<T> {
  /** Undefined where the server does not say. */
  readonly id?: string;
  /** As it was filed, where the server gives it back: it may differ from what was sent. */
  readonly resource?: T;
  readonly notices: readonly Notice[];
  /** False where a condition found it there already. */
  readonly isNew: boolean;
}

/** How a resource is created. */
export interface CreateOptions extends CallOptions {
  /** Create it only where this search finds none; `createOnce` also copes where a server cannot. */
  readonly ifNoneExist?: SearchParameters;
}

/**
 * Files a resource. Never sent twice where the first may have been filed.
 *
 * @throws {TrestleError} with the failure class `ambiguous` where it is not known whether it was.
 */
export async function create<T extends FhirResource>(
  site: Site,
  resource: T,
  { ifNoneExist, signal }: CreateOptions = {},
): Promise<Written<T>> {
  const type = checkedType(resource.resourceType);
  const outgoing = {
    purpose: { interaction: "create", type },
    method: "POST",
    url: site.addresses.of([type]),
    headers: {
      prefer: "return=representation",
      ...(ifNoneExist === undefined ? {} : { "if-none-exist": queryOf(ifNoneExist) }),
    },
    body: JSON.stringify(resource),
    isWrite: true,
    signal,
  } as const satisfies Outgoing;
  const answer = await site.sender.send(outgoing);
  return written<T>(site, answer, outgoing);
}

/** How a resource is updated. */
export interface UpdateOptions extends CallOptions {
  /** The version that the caller read: the update fails with `fhir.conflicting` when there is a newer. */
  readonly ifVersion?: string;
}

/** Puts a resource in place of the one with its id. */
export async function update<T extends FhirResource>(
  site: Site,
  resource: T,
  { ifVersion, signal }: UpdateOptions = {},
): Promise<Written<T>> {
  const type = checkedType(resource.resourceType);
  if (resource.id === undefined) throw fhirErrors.badAddress({ interaction: "update", type });
  const url = site.addresses.of([type, resource.id]);
  const outgoing = {
    purpose: { interaction: "update", type },
    method: "PUT",
    url,
    headers: {
      prefer: "return=representation",
      ...(ifVersion === undefined ? {} : { "if-match": `W/"${ifVersion}"` }),
    },
    body: JSON.stringify(resource),
    isWrite: true,
    signal,
  } as const satisfies Outgoing;
  // Whatever becomes of it, what is kept may be old now.
  site.cache.delete(url);
  const answer = await site.sender.send(outgoing);
  site.cache.delete(url);
  return written<T>(site, answer, outgoing);
}

function written<T>(site: Site, answer: Answer, outgoing: Outgoing): Written<T> {
  const content = readContent(answer.text);
  // A redirect or a page of a proxy in place of an answer leaves open what happened.
  const isGood = answer.status < 300 && (content.shape === "fhir" || content.shape === "empty");
  if (!isGood) throw notFhir(answer, content, outgoing);
  const filed = content.shape === "fhir" ? asResource(content.resource) : undefined;
  const notices = isOutcome(filed)
    ? issuesOf(filed).map((issue) => noticeOf(issue, site.dialect))
    : [];
  const isResource = filed !== undefined && filed.resourceType === outgoing.purpose.type;
  const id =
    (answer.location === undefined ? undefined : site.addresses.locate(answer.location)?.id) ??
    (isResource ? filed.id : undefined);
  return {
    ...(id === undefined ? {} : { id }),
    ...(isResource ? { resource: filed as T } : {}),
    notices,
    isNew: answer.status === 201 || outgoing.headers?.["if-none-exist"] === undefined,
  };
}
