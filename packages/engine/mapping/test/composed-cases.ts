import { type Problem, reveal } from "@trestle/base";
import type { Bundle } from "@trestle/fhir";
import { type Hl7Message, parseMessage } from "@trestle/hl7v2";
import { type ComposeRequest, type ComposerLimits, createComposer } from "../src/to-v2/index.ts";
import { fromFhirCases } from "./from-fhir-cases.ts";

/** The message of a request that must leave. */
export function composed(request: ComposeRequest): Hl7Message {
  const result = createComposer().compose(request);
  const parsed = parseMessage(result.ok ? reveal(result.value.text) : "");
  if (!parsed.ok) throw new TypeError(JSON.stringify(result));
  return parsed.value;
}

/** What keeps a request back; empty where it leaves. */
export function problemsOf(request: ComposeRequest, limits?: ComposerLimits): readonly Problem[] {
  const result = createComposer(limits).compose(request);
  return result.ok ? [] : result.problem;
}

/** The request of a case on disk. */
export function caseOf(name: string): ComposeRequest {
  const found = fromFhirCases.find((each) => each.name === name);
  if (found === undefined) throw new TypeError(`no case ${name}`);
  return found.request;
}

/** A request with each resource of a type changed. */
export function changed(
  request: ComposeRequest,
  type: string,
  change: (resource: object, index: number) => void,
): ComposeRequest {
  const bundle = JSON.parse(JSON.stringify(request.bundle)) as Bundle;
  const resources = bundle.entry?.flatMap(({ resource }) => resource ?? []) ?? [];
  for (const [index, resource] of resources
    .filter((each) => each.resourceType === type)
    .entries()) {
    change(resource, index);
  }
  return { ...request, bundle };
}
