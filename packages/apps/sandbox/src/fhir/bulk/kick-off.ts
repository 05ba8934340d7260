import type { OutcomeIssue } from "@trestle/epic";
import { type Answer, Refused } from "../http/exchange.ts";
import { read } from "../http/read.ts";
import type { Visit } from "../http/visit.ts";
import { printParameters } from "../search/parameters-text.ts";
import { type ExportTypes, exportTypes, isFilterKnown } from "./export-types.ts";
import { runExport } from "./run.ts";

/**
 * `GET Group/id/$export`: takes an export on and does it in the background.
 *
 * @throws {Refused} Where the client lacks the API, the group is not there, the header `Prefer` does
 * not say `respond-async`, parameters cannot be done, or the client asked for the group too soon.
 */
export function kickOff(visit: Visit, groupId: string): Answer {
  const { access, ask, server, outcomes } = visit;
  access.needs({ type: "Group", operation: "$export", subType: "Kick-off" });
  const patients = membersOf(visit, groupId);
  if (!/respond-async/u.test(String(ask.headers["prefer"] ?? ""))) {
    throw outcomes.refusal("59136", { diagnostics: `${failed} Prefer must be respond-async.` });
  }
  const types = exportTypes(visit);
  const { clientId } = access.grant;
  if (server.exports.isTooSoon(clientId, groupId)) {
    throw outcomes.refusal("59136", {
      diagnostics: `${failed} Request not allowed: The Client requested this Group too recently.`,
    });
  }
  const query = printParameters(ask.query);
  const request = `${ask.base}/Group/${groupId}/$export${query === "" ? "" : `?${query}`}`;
  const started = server.exports.start({
    clientId,
    holder: access.holder,
    groupId,
    request,
    patientCount: patients.length,
  });
  runExport(visit, started, { patients, types: withIgnored(visit, types) });
  const location = `${ask.root}/api/FHIR/BulkRequest/${started.id}`;
  return { status: 202, headers: { "Content-Location": location } };
}

function membersOf(visit: Visit, groupId: string): readonly string[] {
  const group = visit.server.parts.store.read("Group", groupId)?.resource;
  // What a read of it answers is what an export of it answers, too.
  if (group?.resourceType !== "Group") throw new Refused(read(visit, "Group", groupId));
  if (visit.access.boundTo !== undefined) throw visit.outcomes.refusal("4118");
  const references = group.member?.map(({ entity }) => entity.reference ?? "") ?? [];
  return references.flatMap((reference) =>
    reference.startsWith("Patient/") ? [reference.slice("Patient/".length)] : [],
  );
}

function withIgnored(visit: Visit, types: ExportTypes): ExportTypes {
  const { ask, outcomes } = visit;
  const isKnown = (name: string): boolean =>
    name === "_typeFilter" ? isFilterKnown(visit) : known.has(name);
  const ignored: readonly OutcomeIssue[] = ask.query
    .filter(([name]) => !isKnown(name))
    .map(([name]) =>
      outcomes.issue("59100", {
        diagnostics: `Unknown parameter: ${name.toUpperCase()}. Parameter has been ignored.`,
      }),
    );
  return { ...types, issues: [...ignored, ...types.issues] };
}

const failed = "Error processing Bulk Data Kickoff request:";

/** `_since` is not among them: it is ignored, which the error file says. */
const known: ReadonlySet<string> = new Set([
  "_type",
  "includeAssociatedData",
  "_outputFormat",
  "_format",
]);
