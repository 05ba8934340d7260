import { reveal } from "@trestle/base";
import type { Explained, Mapped, UnmappedField } from "@trestle/mapping";
import type { Out } from "./out.ts";

/** The result. */
export function showBundle(mapped: Mapped, out: Out): void {
  const bundle = reveal(mapped.bundle);
  out.row(bundle, JSON.stringify(bundle, undefined, 2));
}

/** Each value of a result with where it came from. By value, so that one without a source would show. */
export function showSources(number: number, mapped: Explained, out: Out): void {
  const sources = new Map(mapped.sources.map((source) => [source.path, source]));
  for (const [path, value] of leaves(reveal(mapped.bundle))) {
    const source = sources.get(path);
    const by = source?.by === undefined ? undefined : `map row ${source.by}`;
    const from = [source?.field, source?.row, source?.rule, by].filter(
      (part) => part !== undefined,
    );
    out.row(
      { message: number, path, value, ...source },
      `${path} = ${JSON.stringify(value)}\n    from ${from.join(", ")}`,
    );
  }
}

/** Each field that reached no value. */
export function showUnmapped(number: number, fields: readonly UnmappedField[], out: Out): void {
  for (const { at, place, name, raw } of fields) {
    const value = reveal(raw);
    const named = name === undefined ? at : `${at} ${name}`;
    const fact = { message: number, at, field: place, ...(name !== undefined && { name }), value };
    out.row(fact, `${named} = ${JSON.stringify(value)}`);
  }
}

/** Every leaf of a value by its path, `entry[0].resource.id`. */
function leaves(
  value: unknown,
  path = "",
  found = new Map<string, unknown>(),
): Map<string, unknown> {
  if (typeof value !== "object" || value === null || isExactNumber(value))
    return found.set(path, value);
  for (const [key, child] of Object.entries(value)) {
    const step = Array.isArray(value) ? `[${key}]` : `.${key}`;
    leaves(child, path === "" ? key : path + step, found);
  }
  return found;
}

/** A number that keeps its written digits is an object to JavaScript, but one value to us. */
function isExactNumber(value: object): boolean {
  return Object.getPrototypeOf(value) === null && "rawJSON" in value;
}
