import { parseXml } from "@trestle/fhir/xml";
import type { Ask } from "../http/exchange.ts";
import type { Visit } from "../http/visit.ts";
import { type Json, type JsonObject, asJson, isObject } from "../search/values.ts";

/**
 * The resource that a request brings.
 *
 * @throws {Refused} 59105 for what is neither JSON nor XML of that type; 59012 for modifiers that nobody here
 * understands.
 */
export function bodyOf({ ask, outcomes }: Visit, type: string): JsonObject {
  const resource = parsed(ask);
  if (resource === undefined)
    throw outcomes.refusal("59105", { diagnostics: "The content cannot be read." });
  if (resource["resourceType"] !== type) {
    throw outcomes.refusal("59105", {
      diagnostics: `Resource type must be ${type}`,
      element: "resourceType",
    });
  }
  for (const element of ["modifierExtension", "implicitRules"]) {
    if (resource[element] !== undefined) {
      throw outcomes.refusal("59012", { diagnostics: `${element} is not supported.`, element });
    }
  }
  return resource;
}

/** What has to be there. @throws {Refused} 59108 */
export function required({ outcomes }: Visit, resource: JsonObject, element: string): Json {
  const value = at(resource, element);
  if (value === undefined || value === null || value === "") {
    throw outcomes.refusal("59108", { element });
  }
  return value;
}

/** What stands at a path of members; of a list the first. */
function at(resource: JsonObject, path: string): Json | undefined {
  let here: Json | undefined = resource;
  for (const name of path.split(".")) {
    if (Array.isArray(here)) here = (here as readonly Json[])[0];
    here = isObject(here) ? here[name] : undefined;
  }
  return here;
}

/** Items of a list that are objects; none where there is no list. */
export function items(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
}

/** A text, or nothing. */
export function textAt(resource: JsonObject, path: string): string {
  const value = at(resource, path);
  return typeof value === "string" ? value : "";
}

/** Codes of a concept, of whatever system. */
export function codesOf(concept: Json | undefined): readonly string[] {
  return isObject(concept) ? items(concept["coding"]).map((coding) => textAt(coding, "code")) : [];
}

/**
 * A modifier has one of the values that the hospital takes, or is not there.
 *
 * @throws {Refused} 59012 @param modifier Its element, its codes and those that are taken.
 */
export function modifierIs(
  { outcomes }: Visit,
  { element, codes, taken, diagnostics }: Modifier,
): void {
  if (codes.every((code) => taken.includes(code))) return;
  const said = diagnostics ?? `Only a ${element} of '${taken.join("' or '")}' is supported.`;
  throw outcomes.refusal("59012", { diagnostics: said, element });
}

interface Modifier {
  readonly element: string;
  readonly codes: readonly string[];
  readonly taken: readonly string[];
  readonly diagnostics?: string;
}

function parsed({ body, headers }: Ask): JsonObject | undefined {
  if (/xml/u.test(headers["content-type"] ?? "")) {
    const read = parseXml(body);
    return read.ok ? asJson(read.value) : undefined;
  }
  try {
    const value = JSON.parse(body) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
