import type { FhirResource } from "@trestle/fhir";
import type { Answer } from "../http/exchange.ts";
import { type Visit, resourceAnswer } from "../http/visit.ts";
import type { JsonObject } from "../search/values.ts";
import type { Filed, Written } from "../store.ts";

/**
 * Files what was written and answers with it: 201 and a relative `Location`. The resource is in the
 * answer only where `Prefer` asks for it.
 */
export function fileWritten(visit: Visit, written: Written): Answer {
  const filed = visit.server.parts.store.file(written);
  visit.server.writtenIds.add(filed.resource.id);
  return filedAnswer(visit, filed, 201);
}

/** An answer that tells where something is filed. */
export function filedAnswer(visit: Visit, filed: Filed, status: number): Answer {
  const { resourceType, id } = filed.resource;
  const headers = { Location: `${resourceType}/${id}` };
  return wantsResource(visit)
    ? { ...resourceAnswer(visit, filed, status), headers }
    : { status, headers };
}

export function wantsResource({ ask }: Visit): boolean {
  return /return=representation/u.test(String(ask.headers["prefer"] ?? ""));
}

/** What a client has written is from outside: that it fits its type is believed here. */
export function asResource(written: JsonObject): FhirResource {
  return written as unknown as FhirResource;
}

/** Without members that the hospital does not keep. */
export function without(resource: JsonObject, ...names: readonly string[]): JsonObject {
  const dropped = new Set([...names, "id", "meta", "text"]);
  return Object.fromEntries(Object.entries(resource).filter(([name]) => !dropped.has(name)));
}
