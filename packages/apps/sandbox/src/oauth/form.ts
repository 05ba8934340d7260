import { Refusal } from "./refusal.ts";

/**
 * The fields of a form.
 *
 * @throws {Refusal} `invalid_request` where it is none, or says something twice (RFC 6749, 3.2).
 */
export function readForm(body: unknown): ReadonlyMap<string, string> {
  if (typeof body !== "object" || body === null) throw new Refusal("invalid_request");
  const entries = Object.entries(body as Record<string, unknown>);
  return new Map(entries.map(([name, value]) => [name, single(value)]));
}

/** As `readForm`; undefined where it is none, or says something twice. */
export function fieldsOf(body: unknown): ReadonlyMap<string, string> | undefined {
  try {
    return readForm(body);
  } catch {
    return undefined;
  }
}

/** @throws {Refusal} `invalid_request` where the field is missing or empty. */
export function required(form: ReadonlyMap<string, string>, name: string): string {
  const value = form.get(name) ?? "";
  if (value === "") throw new Refusal("invalid_request");
  return value;
}

function single(value: unknown): string {
  if (typeof value !== "string") throw new Refusal("invalid_request");
  return value;
}
