import { type OutcomeIssue, subTypesOf } from "@trestle/epic";
import type { OfferedType } from "../capability/resource-types.ts";
import type { Restriction } from "../http/access.ts";
import type { Refused } from "../http/exchange.ts";
import type { Visit } from "../http/visit.ts";
import type { Filed } from "../store.ts";
import { checkValues } from "./check-values.ts";
import { cluesIn, demographicsProblem, isEnough, withoutName } from "./demographics.ts";
import { findByIds } from "./find-by-ids.ts";
import { type Asked, type Matches, matcher } from "./matcher.ts";
import { listed } from "./members.ts";
import { checkVisits, patientOf, restrictionNotes } from "./patient-in-question.ts";
import type { SearchRequest } from "./request.ts";
import { missingParameters } from "./requirements.ts";
import { narrowStaff, staffProblem } from "./staff.ts";
import { askedSubTypes } from "./sub-types.ts";
import { subTypeFilter } from "./sub-type-filter.ts";

/** What a search found, in the order of the chart. */
export interface Found {
  readonly found: readonly Filed[];
  readonly postFilter: Matches;
  readonly notes: readonly OutcomeIssue[];
}

/**
 * Finds what native parameters ask for among what client and user may see.
 *
 * @throws {Refused} Where parameters are missing, contradict each other or name nobody; where the
 * patient may not be seen.
 */
export function find(visit: Visit, offered: OfferedType, given: SearchRequest): Found {
  const { type } = offered;
  const unknown = unknownIssues(visit, given);
  if (given.ids.length > 0) return findByIds(visit, type, given.ids);
  const request = narrowStaff(type, type === "Patient" ? withoutName(given) : given);
  const patientId = patientOf(visit, request);
  checkVisits(visit, request);
  const native = checkValues(visit, offered, request.native);
  const post = checkValues(visit, offered, request.postFiltered);
  const before = [...unknown, ...native.issues];
  const problem = problemOf(visit, offered, { request, before });
  if (problem !== undefined) throw problem;
  const restriction = restrictionNotes(visit, patientId);
  const subTypes = subTypeFilter(visit, type, askedSubTypes(type, request, subTypesOf(type)));
  const { offsetMs } = visit.server;
  const matches = matcher(type, native.asked, offsetMs);
  const isListed = type !== "Patient" || isEnough(request);
  const candidates =
    isListed && restriction === undefined
      ? listed(visit, type, candidatesOf(visit, { type, patientId, asked: native.asked }))
      : [];
  const found = visibleAmong(visit, candidates, (each) => subTypes.isShown(each) && matches(each));
  if (type === "Patient" && found.length > maxPatients) throw visit.outcomes.refusal("4127");
  return {
    found,
    postFilter: matcher(type, post.asked, offsetMs),
    notes: [
      ...subTypes.notes,
      ...olderNotes(visit, request),
      ...native.issues,
      ...post.issues,
      ...(restriction ?? []),
    ],
  };
}

/** Newer releases say nothing of unknown parameters where there is an answer. */
function olderNotes(
  { outcomes, switches }: Visit,
  { unknown }: SearchRequest,
): readonly OutcomeIssue[] {
  if (!switches.olderOutcomeCodes) return [];
  return unknown.map((name) => outcomes.issue("4122", { diagnostics: name.toUpperCase() }));
}

function unknownIssues({ outcomes }: Visit, { unknown }: SearchRequest): readonly OutcomeIssue[] {
  return unknown.map((name) =>
    outcomes.issue("59100", {
      diagnostics: `Unknown parameter: ${name.toUpperCase()}. Parameter has been ignored.`,
    }),
  );
}

interface Asking {
  readonly request: SearchRequest;
  readonly before: readonly OutcomeIssue[];
}

function problemOf(
  visit: Visit,
  offered: OfferedType,
  { request, before }: Asking,
): Refused | undefined {
  const { outcomes } = visit;
  if (offered.type === "Patient") return demographicsProblem(visit, request, before);
  return (
    missingParameters(offered, request, { outcomes, before }) ??
    staffProblem(offered.type, request, outcomes)
  );
}

interface Wanted {
  readonly type: string;
  readonly patientId: string | undefined;
  readonly asked: readonly Asked[];
}

function candidatesOf(
  { server, access }: Visit,
  { type, patientId, asked }: Wanted,
): Iterable<Filed> {
  const { store } = server.parts;
  if (patientId !== undefined) return store.ofPatient(type, patientId);
  if (type === "Patient" && access.boundTo !== undefined)
    return store.ofPatient(type, access.boundTo);
  return type === "Patient" ? store.patientsLike(cluesIn(asked)) : store.all(type);
}

/** @throws {Refused} Where all that matches is of patients who are restricted. */
function visibleAmong(
  { access, outcomes }: Visit,
  candidates: Iterable<Filed>,
  isMatch: Matches,
): readonly Filed[] {
  const found: Filed[] = [];
  let withheld: Restriction | undefined;
  for (const each of candidates) {
    if (!isMatch(each) || !access.sees(each)) continue;
    const restriction = access.restrictionOf(each.patientId);
    if (restriction === undefined) found.push(each);
    else withheld = restriction;
  }
  if (found.length === 0 && withheld !== undefined) throw outcomes.refusal(withheld);
  return found;
}

/** Of more the hospital names none. */
const maxPatients = 100;
