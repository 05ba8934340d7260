import { phi, stableId } from "@trestle/base";
import type { Bundle, BundleEntry, FhirResource, OperationOutcome } from "@trestle/fhir";
import type { Notice, SearchPage } from "@trestle/fhir/client";
import type { FhirAnswer, FhirNotice } from "./gateway.ts";
import { withAllInner, withInner } from "./inner-resources.ts";
import { matchesQuery } from "./matches-query.ts";
import { type Needs, allowedReads } from "./needs.ts";
import { noticeWords } from "./notice-words.ts";
import type { OpenedPage } from "./open-searches.ts";
import { referencesIn } from "./references.ts";
import type { KnownGap } from "./site-to-open.ts";
import { subset } from "./subset.ts";

/** Whose answer it is, and for whom. */
export interface AnswerParts {
  readonly site: string;
  /** Of the site's FHIR server, without a slash at its end. */
  readonly url: string;
  readonly needs: Needs;
}

/** A page of what was found, and the elements of its matches that are asked for, where not all are. */
export interface FoundPage extends SearchPage<FhirResource> {
  readonly elements?: readonly string[] | undefined;
}

/** The parameter by which the page behind another is asked for. */
export const cursorName = "_cursor";

/** One resource as the application gets it. */
export function answerResource(resource: FhirResource, parts: AnswerParts): FhirAnswer {
  return {
    status: 200,
    json: phi(JSON.stringify(given(resource, parts))),
    notices: [],
    subjects: subjectsOf([resource], parts),
  };
}

/**
 * One page of a search as the application gets it, with what the site remarked as an outcome. It has
 * no total: what servers count differs.
 */
export function answerPage(
  type: string,
  opened: OpenedPage<FoundPage>,
  { knownGaps, ...parts }: AnswerParts & { readonly knownGaps: readonly KnownGap[] },
): FhirAnswer {
  const matches = opened.page?.matches ?? [];
  const included = (opened.page?.included ?? []).filter((each) => mayGive(each, parts));
  const ofMatches = { ...parts, needs: withElements(parts.needs, type, opened.page?.elements) };
  const notices = [...(opened.page?.notices ?? []).map(toldOf), ...knownGaps.map(gapOf)];
  const entry = [
    ...matches.map((each) => entryOf(each, "match", ofMatches)),
    ...included.map((each) => entryOf(each, "include", parts)),
    ...(notices.length === 0 ? [] : [outcomeOf(notices)]),
  ];
  const bundle: Bundle = {
    resourceType: "Bundle",
    type: "searchset",
    ...(opened.cursor !== undefined && { link: [linkTo(type, opened.cursor, parts)] }),
    ...(entry.length > 0 && { entry }),
  };
  return {
    status: 200,
    json: phi(JSON.stringify(bundle)),
    notices,
    subjects: subjectsOf([...matches, ...included], parts),
  };
}

/** The needs with those elements of a type alone that are asked for. */
function withElements(needs: Needs, type: string, asked: readonly string[] | undefined): Needs {
  if (asked === undefined) return needs;
  const needed = needs.elements[type];
  const both = needed === undefined ? asked : asked.filter((each) => needed.includes(each));
  return { ...needs, elements: { ...needs.elements, [type]: both } };
}

/** What came along, or stands in another resource, is given where it could have been asked for. */
function mayGive(resource: FhirResource, { needs }: AnswerParts): boolean {
  const asked = { type: resource.resourceType, permission: "r", parameters: [] } as const;
  const queries = allowedReads(needs, asked);
  return queries === undefined || queries.some((each) => matchesQuery(resource, each));
}

function entryOf(
  resource: FhirResource,
  mode: "match" | "include",
  parts: AnswerParts,
): BundleEntry {
  const { resourceType, id } = resource;
  const fullUrl = `${parts.url}/${resourceType}/${encodeURIComponent(id ?? "")}`;
  return {
    ...(id !== undefined && { fullUrl }),
    resource: given(resource, parts),
    search: { mode },
  };
}

function given(resource: FhirResource, parts: AnswerParts): FhirResource {
  return withInner(subset(resource, parts.needs.elements), (inner) =>
    mayGive(inner, parts) ? given(inner, parts) : undefined,
  );
}

function linkTo(type: string, cursor: string, { site }: AnswerParts) {
  const query = `${cursorName}=${encodeURIComponent(cursor)}`;
  return { relation: "next", url: `/api/v1/sites/${site}/fhir/${type}?${query}` };
}

/** Ids of our own that follow from the site's, so that a patient's can be found in the record. */
function subjectsOf(resources: readonly FhirResource[], { site }: AnswerParts): readonly string[] {
  const patients = new Set(
    resources.flatMap((each) => [...withAllInner(each)].flatMap(patientsIn)),
  );
  const ids = Array.from(patients, (id) => stableId(site, "patient of the site", id));
  return [`site ${site}`, ...ids.map((id) => `patient of the site ${id}`)];
}

function toldOf({ kind, mayMiss, issue, missing, part }: Notice): FhirNotice {
  return {
    kind,
    mayMiss,
    code: issue.code ?? "",
    ...noticeWords[kind],
    ...(missing && { missing }),
    ...(part && { part: `${part.parameter}=${part.value}` }),
  };
}

/** What the site itself does not remark. */
function gapOf({ quirk, effect }: KnownGap): FhirNotice {
  return {
    kind: "siteQuirk",
    mayMiss: true,
    code: quirk,
    text: effect,
    hint: "It is known of this site. Its site.yaml has the day and the evidence, under quirks.",
  };
}

/** The remarks as FHIR tells them, in our words. */
function outcomeOf(notices: readonly FhirNotice[]): BundleEntry {
  const resource: OperationOutcome = {
    resourceType: "OperationOutcome",
    issue: notices.map(({ kind, mayMiss, text, hint, part }) => ({
      severity: mayMiss ? "warning" : "information",
      code: mayMiss ? "suppressed" : "informational",
      details: { coding: [{ system: "urn:trestle:notice", code: kind }], text },
      diagnostics: part === undefined ? hint : `${hint} It is about ${part}.`,
    })),
  };
  return { resource, search: { mode: "outcome" } };
}

/** The ids at the site of the patients whom a resource is about or names. */
function patientsIn(resource: FhirResource): readonly string[] {
  const named = Array.from(referencesIn(resource)).flatMap(
    (reference) => patientReference.exec(reference)?.groups?.["id"] ?? [],
  );
  const { resourceType, id } = resource;
  return resourceType === "Patient" && id !== undefined ? [id, ...named] : named;
}

const patientReference = /(?:^|\/)Patient\/(?<id>[^/?#]+)/u;
