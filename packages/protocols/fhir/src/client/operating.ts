import type { FhirResource, Parameters } from "../index.ts";
import { type SearchParameters, checkedType } from "./addresses.ts";
import { readContent } from "./answer.ts";
import { asResource, notFhir } from "./fhir-answer.ts";
import { getResource } from "./get-resource.ts";
import { isOutcome, issuesOf } from "./issues.ts";
import { type Notice, noticeOf } from "./notices.ts";
import type { Outgoing } from "./outgoing.ts";
import type { CallOptions, Site } from "./site.ts";

/** An operation of FHIR, such as `Patient/$match`. */
export interface Operation extends CallOptions {
  /** Without the `$`. */
  readonly name: string;
  /** Left out: the operation is the system's. */
  readonly type?: string;
  readonly id?: string;
  /** Sent as the body of a POST. */
  readonly parameters?: Parameters;
  /** Sent in the address; without `parameters` the operation is a GET. */
  readonly query?: SearchParameters;
  /** Whether it changes nothing, so that it may be tried again. A GET always may. */
  readonly isSafe?: boolean;
}

/** What an operation gave. */
export interface Operated {
  /** Undefined where the server answers with nothing, or with remarks alone. */
  readonly resource?: FhirResource;
  readonly notices: readonly Notice[];
}

/** Calls an operation. Remarks of the server, alone or in a Bundle, are notices. */
export async function operate(site: Site, operation: Operation): Promise<Operated> {
  const {
    name,
    type,
    id,
    parameters,
    query,
    signal,
    isSafe = parameters === undefined,
  } = operation;
  const segments = [
    ...(type === undefined ? [] : [checkedType(type)]),
    ...(id === undefined ? [] : [id]),
    `$${name}`,
  ];
  const url = site.addresses.of(segments, query);
  const purpose = { interaction: "operation", ...(type === undefined ? {} : { type }) } as const;
  if (parameters === undefined) {
    return operated(site, (await getResource(site, { url, purpose, signal })).resource);
  }
  const body = JSON.stringify(parameters);
  return posted(site, { purpose, method: "POST", url, body, isWrite: !isSafe, signal });
}

async function posted(site: Site, outgoing: Outgoing): Promise<Operated> {
  const answer = await site.sender.send(outgoing);
  const content = readContent(answer.text);
  const isGood = answer.status < 300;
  if (isGood && content.shape === "empty") return { notices: [] };
  if (!isGood || content.shape !== "fhir") throw notFhir(answer, content, outgoing);
  return operated(site, asResource(content.resource));
}

function operated({ dialect }: Site, resource: FhirResource): Operated {
  if (isOutcome(resource)) {
    return { notices: issuesOf(resource).map((issue) => noticeOf(issue, dialect)) };
  }
  if (resource.resourceType !== "Bundle") return { resource, notices: [] };
  const outcomes = (resource.entry ?? []).map(({ resource }) => resource).filter(isOutcome);
  const notices = outcomes.flatMap(issuesOf).map((issue) => noticeOf(issue, dialect));
  const entry = (resource.entry ?? []).filter(({ resource }) => !isOutcome(resource));
  return { resource: { ...resource, entry }, notices };
}
