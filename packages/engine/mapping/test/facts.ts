/**
 * What a bundle says, a line each: numbers of things, codes, amounts, times and texts, each with the
 * type of its resource and, of an observation, what was observed. Not how resources refer to each
 * other, nor how a code is displayed.
 */
export function factsOf(bundle: unknown): ReadonlySet<string> {
  const facts = new Set<string>();
  const { entry = [] } = bundle as { readonly entry?: readonly { readonly resource: unknown }[] };
  for (const { resource } of entry) {
    collect(resource, "", (fact) => facts.add(`${subjectOf(resource)} ${fact}`));
  }
  return facts;
}

function collect(value: unknown, key: string, add: (fact: string) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, key, add);
    return;
  }
  if (!isObject(value)) {
    if (isPrimitive(value) && !apart.has(key)) add(`${key}: ${timeOf(String(value))}`);
    return;
  }
  const { system, value: own, code, unit } = value;
  if (isPrimitive(own)) {
    // An amount is known by its unit, a number of a thing by its system.
    const parts = unit === undefined ? [system, own] : [own, unit];
    add(`${key}: ${parts.filter(isPrimitive).join(" ")}`);
  }
  if (typeof code === "string") {
    add(`${key}: ${typeof system === "string" ? `${system} ` : ""}${code}`);
  }
  for (const [name, child] of Object.entries(value)) {
    if (!paired.has(name) || typeof child === "object") collect(child, name, add);
  }
}

function subjectOf(resource: unknown): string {
  const { resourceType, code } = resource as {
    readonly resourceType: string;
    readonly code?: { readonly coding?: readonly { readonly code?: string }[] };
  };
  const what = resourceType === "Observation" ? code?.coding?.[0]?.code : undefined;
  return what === undefined ? resourceType : `${resourceType} ${what}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isPrimitive(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

/** A moment is the same on whatever clock it is told. */
function timeOf(text: string): string {
  return /^\d{4}-\d\d-\d\dT/u.test(text) ? new Date(text).toISOString() : text;
}

const paired: ReadonlySet<string> = new Set(["system", "value", "code", "unit"]);
const apart: ReadonlySet<string> = new Set([
  "reference",
  "fullUrl",
  "id",
  "resourceType",
  "display",
  "url",
]);
