import type { SearchPath, Step } from "./parameter.ts";

/** A part of a resource, as JSON has it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** A resource seen as plain JSON, for what works on every type alike. */
export function asJson(resource: object): JsonObject {
  return resource as JsonObject;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stands at the end of a path; lists on the way are walked through. */
export function valuesAt(resource: object, path: SearchPath): readonly Json[] {
  let here: readonly Json[] = [asJson(resource)];
  for (const step of path.steps) here = here.flatMap((value) => taken(value, step));
  return here;
}

function taken(value: Json, { name, where }: Step): readonly Json[] {
  if (!isObject(value)) return [];
  const found = value[name];
  if (found === undefined || found === null) return [];
  const all = Array.isArray(found) ? (found as readonly Json[]) : [found];
  if (where === undefined) return all;
  return all.filter((each) => isObject(each) && each[where.name] === where.value);
}
