import { operationOutcome } from "@trestle/epic";
import type { Answer } from "../http/exchange.ts";
import { methodPage, notFoundPage } from "../http/pages.ts";
import type { Visit } from "../http/visit.ts";
import { withAbsoluteReferences } from "../http/printer.ts";
import type { Export, ExportFile } from "./exports.ts";

/**
 * `GET` and `DELETE BulkRequest/id`, `GET BulkRequest/id/file`.
 *
 * @throws {Refused} Where the client lacks the API, or the export is not there or another's.
 */
export function exportStep(visit: Visit): Answer {
  const { method, steps } = visit.ask;
  const [id = "", file, ...more] = steps;
  if (id === "" || more.length > 0) return notFoundPage();
  if (file !== undefined) return method === "GET" ? fileOf(visit, id, file) : methodPage();
  if (method === "DELETE") return cancel(visit, id);
  return method === "GET" ? statusOf(visit, id) : methodPage();
}

function statusOf(visit: Visit, id: string): Answer {
  const found = exportFor(visit, id, "Status Request");
  if (found.isDone) return manifest(visit, found);
  const { progress, patientCount } = found;
  return {
    status: 202,
    headers: {
      "X-Progress": `Searching: ${progress} of ${patientCount} patients`,
      "Retry-After": String(visit.switches.bulkRetryAfterSeconds),
    },
  };
}

function cancel(visit: Visit, id: string): Answer {
  const found = exportFor(visit, id, "Delete Request");
  visit.server.exports.remove(found);
  return { status: 202 };
}

function fileOf(visit: Visit, id: string, number: string): Answer {
  const found = exportFor(visit, id, "File Request");
  const file = found.files[Number(number) - 1];
  if (file === undefined) throw visit.outcomes.refusal("59176");
  return { status: 200, body: { content: linesOf(visit, file), contentType: ndjson } };
}

function linesOf({ server, switches, ask }: Visit, file: ExportFile): string {
  if ("issues" in file) {
    return file.issues.map((issue) => `${JSON.stringify(operationOutcome([issue]))}\n`).join("");
  }
  const { store } = server.parts;
  const { absoluteReferences } = switches;
  let text = "";
  for (const id of file.ids) {
    const resource = store.read(file.type, id)?.resource;
    if (resource === undefined) continue;
    const sent = absoluteReferences ? withAbsoluteReferences(resource, ask.base) : resource;
    text += `${JSON.stringify(sent)}\n`;
  }
  return text;
}

function manifest({ ask }: Visit, { id, startedAt, request, files }: Export): Answer {
  const entries = files.map((file, index) => ({
    type: file.type,
    url: `${ask.root}/api/FHIR/BulkRequest/${id}/${index + 1}`,
    isError: "issues" in file,
  }));
  const printable = (isError: boolean): readonly object[] =>
    entries.filter((each) => each.isError === isError).map(({ type, url }) => ({ type, url }));
  const content = JSON.stringify({
    transactionTime: new Date(startedAt).toISOString().replace(/\.\d+Z$/u, "Z"),
    request,
    // A text, and no flag.
    requiresAccessToken: "true",
    output: printable(false),
    error: printable(true),
  });
  return { status: 200, body: { content, contentType: "application/json; charset=utf-8" } };
}

function exportFor({ access, server, outcomes }: Visit, id: string, subType: string): Export {
  access.needs({ type: "Group", operation: "$export", subType });
  const found = server.exports.find(id, access.holder);
  if (found === undefined) throw outcomes.refusal("59176");
  return found;
}

const ndjson = "application/fhir+ndjson";
