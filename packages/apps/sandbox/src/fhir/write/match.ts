import type { Patient } from "@trestle/fhir";
import { type OutcomeIssue, operationOutcome } from "@trestle/epic";
import type { Answer } from "../http/exchange.ts";
import { checkVisible } from "../http/read.ts";
import { type Visit, shown } from "../http/visit.ts";
import { uuidOf } from "../search/outcome-id.ts";
import { type JsonObject, isObject } from "../search/values.ts";
import type { Filed } from "../store.ts";
import { bodyOf, items } from "./body.ts";
import { gradedFor, isOwnSystem } from "./match-grade.ts";
import { asResource } from "./written.ts";

/**
 * `POST Patient/$match`, with `onlyCertainMatches` true.
 *
 * @throws {Refused} 59102 and 59138 for another wish, 59013 where matches are not certain, 59011 for
 * several, 403 for a restricted patient.
 */
export function matchPatient(visit: Visit): Answer {
  const { access, outcomes, server } = visit;
  access.needs({ type: "Patient", operation: "$match" });
  const asked = patientIn(visit, bodyOf(visit, "Parameters"));
  const notes = (asked.identifier ?? []).flatMap(({ system = "" }) =>
    isOwnSystem(system)
      ? [
          outcomes.issue("59109", {
            diagnostics: `${system} is not supported for this interaction`,
          }),
        ]
      : [],
  );
  const graded = { certain: [] as Filed[], possible: [] as Filed[] };
  for (const { filed, grade } of gradedFor(asked, server.parts.store)) {
    if (access.sees(filed)) graded[grade].push(filed);
  }
  const [found, ...others] = graded.certain;
  if (others.length > 0) throw outcomes.refusal("59011", {}, notes);
  if (found !== undefined) {
    checkVisible(visit, found);
    return bundleOf(visit, [matchEntry(visit, found), ...outcomeEntry(visit, notes)], 1);
  }
  if (graded.possible.length > 0) throw outcomes.refusal("59013", {}, notes);
  return bundleOf(visit, outcomeEntry(visit, [...notes, outcomes.issue("4101")]), 0);
}

function patientIn({ outcomes }: Visit, parameters: JsonObject): Patient {
  const given = items(parameters["parameter"]);
  const only = given.find(({ name }) => name === "onlyCertainMatches");
  if (only !== undefined && typeof only["valueBoolean"] !== "boolean") {
    const diagnostics = "onlyCertainMatches must be a boolean.";
    throw outcomes.refusal("59102", { diagnostics, element: "onlyCertainMatches" });
  }
  if (only?.["valueBoolean"] !== true) {
    throw outcomes.refusal("59138", { element: "onlyCertainMatches" });
  }
  const resource = given.find(({ name }) => name === "resource")?.["resource"];
  if (isObject(resource) && resource["resourceType"] === "Patient") {
    return asResource(resource) as Patient;
  }
  throw outcomes.refusal("59108", { element: "resource" });
}

function matchEntry(visit: Visit, filed: Filed): object {
  const fullUrl = `${visit.ask.base}/Patient/${filed.resource.id}`;
  const extension = [{ valueCode: "certain", url: gradeUrl }];
  return {
    fullUrl,
    resource: shown(visit, filed),
    search: { extension, mode: "match", score: 1 },
  };
}

function outcomeEntry({ server }: Visit, issues: readonly OutcomeIssue[]): readonly object[] {
  if (issues.length === 0) return [];
  const fullUrl = `urn:uuid:${uuidOf(server.parts.random)}`;
  return [{ fullUrl, resource: operationOutcome(issues), search: { mode: "outcome" } }];
}

function bundleOf({ ask }: Visit, entry: readonly object[], total: number): Answer {
  const link = [{ relation: "self", url: `${ask.base}/Patient/$match` }];
  return {
    status: 200,
    body: { resource: { resourceType: "Bundle", type: "searchset", total, link, entry } },
  };
}

const gradeUrl = "http://hl7.org/fhir/StructureDefinition/match-grade";
