import { type Result, fail, succeed } from "@trestle/base";
import type { Bundle } from "@trestle/fhir";
import { problems } from "./problems.ts";
import { isObject } from "./rows/node.ts";

/**
 * Reads a bundle so that every number keeps the digits in which it was written: `6.10` stays `6.10`.
 *
 * @see FHIR R4, 2.24.0.1: the precision of a decimal is significant
 */
export function readBundle(json: string): Result<Bundle> {
  const value = parsed(json);
  if (!isObject(value) || value["resourceType"] !== "Bundle") return fail(problems.notABundle());
  return succeed(value as unknown as Bundle);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json, exact as (key: string, value: unknown) => unknown);
  } catch {
    return undefined;
  }
}

function exact(_key: string, value: unknown, { source }: { readonly source?: string }): unknown {
  if (typeof value !== "number" || source === undefined || String(value) === source) return value;
  return exactJson.rawJSON(source);
}

/** ECMAScript's JSON.parse source text access, which the language library does not describe yet. */
const exactJson = JSON as unknown as { rawJSON(text: string): unknown };
