import { type Json, asJson, isObject } from "./values.ts";

/** What a resource refers to, wherever in it: `Practitioner/e…3`. */
export function linkedFrom(resource: object): readonly string[] {
  return membersNamed(asJson(resource), "reference");
}

/** Documents whose content is a Binary of its own: `Binary/f…4`. */
export function attachedTo(resource: object): readonly string[] {
  return membersNamed(asJson(resource), "url").filter((url) => url.startsWith("Binary/"));
}

function membersNamed(value: Json, wanted: string): readonly string[] {
  if (Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((each) => membersNamed(each, wanted));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    if (each === undefined) return [];
    return name === wanted && typeof each === "string" ? [each] : membersNamed(each, wanted);
  });
}
