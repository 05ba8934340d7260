/** What the application made of a body: one line, or why it cannot be taken. */
export type Summary =
  | { readonly ok: true; readonly line: string }
  | { readonly ok: false; readonly problem: "not JSON" | "not a Bundle" };

/**
 * One line about a received Bundle, at most 200 characters: whom it concerns and what is in it.
 * What is not understood inside the Bundle is passed over.
 */
export function summarise(body: string): Summary {
  const read = parse(body);
  if (!read.ok) return { ok: false, problem: "not JSON" };
  const bundle = asObject(read.value);
  if (bundle?.["resourceType"] !== "Bundle") return { ok: false, problem: "not a Bundle" };
  const resources = asList(bundle["entry"]).map((entry) => asObject(asObject(entry)?.["resource"]));
  const patient = resources.find((resource) => resource?.["resourceType"] === "Patient");
  const line = `${nameOf(patient)}: ${listed(resources.map(typeOf))}`;
  return { ok: true, line: line.slice(0, maxCharacters) };
}

function listed(types: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => (count === 1 ? type : `${count} ${type}`)).join(", ");
}

function typeOf(resource: Group | undefined): string {
  return asText(resource?.["resourceType"]) ?? "?";
}

function nameOf(patient: Group | undefined): string {
  const name = asObject(asList(patient?.["name"])[0]);
  const given = asList(name?.["given"]).map(asText);
  const parts = [asText(name?.["family"]), given.join(" ")].filter((part) => part);
  return parts.length === 0 ? "no patient" : parts.join(", ");
}

type Group = Readonly<Record<string, unknown>>;

function asObject(value: unknown): Group | undefined {
  return typeof value === "object" && value !== null ? { ...value } : undefined;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function parse(body: string): { readonly ok: boolean; readonly value?: unknown } {
  try {
    return { ok: true, value: JSON.parse(body) };
  } catch {
    return { ok: false };
  }
}

const maxCharacters = 200;
