import type { Binary } from "./binary.ts";
import type { Filed } from "../store.ts";
import { binaryContent } from "./binary.ts";
import { type Answer, Refused } from "./exchange.ts";
import { type Visit, resourceAnswer } from "./visit.ts";

/**
 * `GET Type/id`.
 *
 * @throws {Refused} 403 with nothing in it where the client lacks the API, 404 for an unknown id,
 * 403 with an outcome where the user may not see it, a redirect for a merged patient.
 */
export function read(visit: Visit, type: string, id: string): Answer {
  visit.access.needs({ type, operation: "Read" });
  countDocument(visit, type);
  const filed = visit.server.parts.store.read(type, id);
  if (filed === undefined) throw missing(visit, type, id);
  visit.access.needs({ type, operation: "Read", subType: filed.subType });
  checkVisible(visit, filed);
  const { resource } = filed;
  const content = isBinary(resource) ? binaryContent(resource, visit.ask) : undefined;
  return content ?? resourceAnswer(visit, filed);
}

/** @throws {Refused} Where the client had its documents of the day, 4135. */
export function countDocument({ access, server, switches, outcomes }: Visit, type: string): void {
  const { docDailyCap } = switches;
  if (type !== "DocumentReference" || docDailyCap === undefined) return;
  const isLeft = server.documents.take(access.grant.clientId, docDailyCap);
  if (!isLeft) throw outcomes.refusal("4135");
}

/** @throws {Refused} Where who asks may not see a resource that is there. */
export function checkVisible({ access, outcomes }: Visit, filed: Filed): void {
  const isHidden = access.isHidden(filed.resource.resourceType, filed.subType);
  if (isHidden || !access.sees(filed)) throw outcomes.refusal("4118");
  const restriction = access.restrictionOf(filed.patientId);
  if (restriction !== undefined) throw outcomes.refusal(restriction);
}

/** Why there is nothing of an id: it was merged, taken out again, or never was. */
export function missing(visit: Visit, type: string, id: string): Refused {
  const { server, ask, outcomes, switches } = visit;
  const survivor = type === "Patient" ? server.parts.store.survivorOf(id) : undefined;
  if (survivor !== undefined) {
    const Location = `${ask.base}/Patient/${encodeURIComponent(survivor)}`;
    return new Refused({ ...outcomes.answer("4107"), headers: { Location } });
  }
  if (server.writtenIds.has(id)) return outcomes.refusal("4103");
  if (switches.olderOutcomeCodes) return outcomes.refusal("4102");
  return outcomes.refusal("59008", { diagnostics: "Invalid FHIR ID provided", element: "id" });
}

function isBinary(resource: Filed["resource"]): resource is Binary {
  return resource.resourceType === "Binary";
}
