import { type OutcomeIssue, operationOutcome } from "@trestle/epic";
import type { Answer } from "../http/exchange.ts";
import type { Visit } from "../http/visit.ts";
import type { Filed } from "../store.ts";
import { type Bundle, printBundle } from "./bundle.ts";
import { includedBy } from "./includes.ts";
import { uuidOf } from "./outcome-id.ts";
import type { SearchSession } from "./sessions.ts";

/**
 * The first page of a search. Where there are more, the search is kept.
 *
 * @param isSummary Only the true number of matches.
 */
export function firstPage(visit: Visit, session: SearchSession, isSummary: boolean): Answer {
  const { ask, server } = visit;
  const self = `${ask.base}/${session.type}?${session.parameters}`;
  if (isSummary) return summaryOf(visit, session, self);
  const hasMore = session.found.length > session.pageSize;
  const id = hasMore ? server.sessions.keep(session) : undefined;
  return pageOf(visit, session, { self, next: nextOf(visit, session, id) });
}

/**
 * The page behind the one that was sent last. The id of a search is the same on all of its pages.
 *
 * @throws {Refused} 4113 for a session that is over, or was never.
 */
export function furtherPage(visit: Visit, type: string, id: string): Answer {
  const { server, access, outcomes, ask, switches } = visit;
  const session = server.sessions.resume(id, access.holder);
  if (session === undefined || session.type !== type) throw outcomes.refusal("4113");
  const hasMore = session.found.length > session.position + session.pageSize;
  const self = `${ask.base}/${type}?${switches.pageParameter}=${id}`;
  const answer = pageOf(visit, session, {
    self,
    next: hasMore ? nextOf(visit, session, id) : undefined,
  });
  if (!hasMore) server.sessions.end(id);
  return answer;
}

interface Links {
  readonly self: string;
  readonly next: string | undefined;
}

function pageOf(visit: Visit, session: SearchSession, { self, next }: Links): Answer {
  const { found, position, pageSize, postFilter } = session;
  const matches = found.slice(position, position + pageSize).filter(postFilter);
  session.position = position + pageSize;
  const { totalIsPageLocal } = visit.switches;
  const bundle: Bundle = {
    total: totalIsPageLocal ? matches.length : found.filter(postFilter).length,
    links: [
      ...(next === undefined ? [] : [{ relation: "next", url: next }]),
      { relation: "self", url: self },
    ],
    matches,
    included: includedBy(visit, session, matches),
    ...outcomeOf(visit, session, { matches, isFirst: position === 0 }),
  };
  return { status: 200, body: { printed: printBundle(visit, bundle) } };
}

function summaryOf(visit: Visit, { found, postFilter }: SearchSession, self: string): Answer {
  const total = found.filter(postFilter).length;
  const bundle: Bundle = {
    total,
    links: [{ relation: "self", url: self }],
    matches: [],
    included: [],
  };
  return { status: 200, body: { printed: printBundle(visit, bundle) } };
}

function nextOf(visit: Visit, session: SearchSession, id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  const { keepQueryInNext, pageParameter } = visit.switches;
  const kept = keepQueryInNext ? `${session.parameters}&` : "";
  return `${visit.ask.base}/${session.type}?${kept}${pageParameter}=${id}`;
}

interface Sent {
  readonly matches: readonly Filed[];
  readonly isFirst: boolean;
}

function outcomeOf(visit: Visit, session: SearchSession, sent: Sent): Pick<Bundle, "outcome"> {
  const issues = issuesOf(visit, session, sent);
  if (issues.length === 0) return {};
  const fullUrl = `urn:uuid:${uuidOf(visit.server.parts.random)}`;
  return { outcome: { fullUrl, resource: operationOutcome(issues) } };
}

/** Parts that are withheld first, that there is nothing last. */
function issuesOf(
  { access, outcomes }: Visit,
  { notes, found, type }: SearchSession,
  { matches, isFirst }: Sent,
): readonly OutcomeIssue[] {
  const isPartial = access.grant.user.kind === "patient";
  const lacksCode = type === "Immunization" && matches.some(isWithoutVaccineCode);
  return [
    ...notes,
    ...(lacksCode ? [outcomes.issue("4117")] : []),
    ...(isFirst && found.length > manyResults ? [outcomes.issue("59133")] : []),
    ...(isPartial ? [outcomes.issue("4119")] : []),
    ...(found.length === 0 ? [outcomes.issue("4101")] : []),
  ];
}

function isWithoutVaccineCode({ resource }: Filed): boolean {
  if (resource.resourceType !== "Immunization") return false;
  const coding = resource.vaccineCode.coding ?? [];
  return !coding.some(({ system }) => system === "http://hl7.org/fhir/sid/cvx");
}

/** Beyond it the hospital says so. */
const manyResults = 100;
