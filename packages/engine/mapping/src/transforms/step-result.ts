import { Hl7Message } from "@trestle/hl7v2";
import type { MappedBundle } from "./transform.ts";

/** What a step gave, or in words what came in its place. Transforms are code that nobody compiled. */
export type StepResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly came: string };

/** What `before` gave; the message that it got where it returned nothing. */
export function messageFrom(returned: unknown, given: Hl7Message): StepResult<Hl7Message> {
  const value = returned === undefined ? given : returned;
  if (value instanceof Hl7Message) return { ok: true, value };
  return { ok: false, came: `before returned ${kindOf(value)}, not an Hl7Message or nothing` };
}

/** What `after` gave; the Bundle that it got, and may have changed, where it returned nothing. */
export function bundleFrom(returned: unknown, given: MappedBundle): StepResult<MappedBundle> {
  const value = returned === undefined ? given : returned;
  const came = isBundle(value) ? brokenEntry(value) : kindOf(value);
  if (came === undefined) return { ok: true, value: value as MappedBundle };
  return { ok: false, came: `after returned ${came}, not a Bundle or nothing` };
}

function isBundle(value: unknown): value is { readonly entry?: unknown } {
  return isObject(value) && value["resourceType"] === "Bundle";
}

function brokenEntry({ entry = [] }: { readonly entry?: unknown }): string | undefined {
  if (!Array.isArray(entry)) return "a bundle whose entry is no list";
  const areResources = entry.every(
    (one: unknown) =>
      isObject(one) &&
      isObject(one["resource"]) &&
      typeof one["resource"]["resourceType"] === "string",
  );
  return areResources ? undefined : "a bundle with an entry that holds no resource";
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (!isObject(value)) return `a ${typeof value}`;
  if (typeof value["then"] !== "function") return "an object that is none";
  // Its failure has no other listener, and would end the process.
  void Promise.resolve(value).catch(() => undefined);
  return "a promise";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
