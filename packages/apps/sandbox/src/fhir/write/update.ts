import type { Answer } from "../http/exchange.ts";
import { checkVisible, missing } from "../http/read.ts";
import { type Visit, resourceAnswer } from "../http/visit.ts";
import { referenceParts } from "../search/match-reference.ts";
import { type JsonObject, asJson } from "../search/values.ts";
import type { Filed } from "../store.ts";
import { bodyOf, textAt } from "./body.ts";
import { asResource, wantsResource, without } from "./written.ts";

/**
 * `PUT Type/id`: puts another version in the place of a resource that is there.
 *
 * @throws {Refused} 59008 for an id that is not there, since nothing is made by it; 59159 where the
 * patient would change.
 */
export function update(visit: Visit, type: string, id: string): Answer {
  const { access, server } = visit;
  access.needs({ type, operation: "Update" });
  const filed = server.parts.store.read(type, id);
  if (filed === undefined) throw missing(visit, type, id);
  access.needs({ type, operation: "Update", subType: filed.subType });
  checkVisible(visit, filed);
  const body = bodyOf(visit, type);
  checkSame(visit, body, filed);
  const resource = { ...asResource(without(body)), id };
  const updated: Filed = { ...filed, resource };
  server.parts.store.replace(updated);
  return wantsResource(visit) ? resourceAnswer(visit, updated) : { status: 200 };
}

function checkSame({ outcomes }: Visit, body: JsonObject, { resource }: Filed): void {
  if (body["id"] !== resource.id) {
    throw outcomes.refusal("59102", {
      diagnostics: "id must be the one of the address",
      element: "id",
    });
  }
  const before = asJson(resource);
  for (const element of ["subject", "patient", "for"]) {
    const [, now] = referenceParts(textAt(body, `${element}.reference`));
    const [, then] = referenceParts(textAt(before, `${element}.reference`));
    if (now === then) continue;
    const diagnostics = "The patient cannot be changed.";
    throw outcomes.refusal("59159", { diagnostics, element });
  }
}
