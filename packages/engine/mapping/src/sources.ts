import type { Bundle } from "@trestle/fhir";
import type { CodeTables } from "./tables/code-tables.ts";
import type { Source } from "./mapping.ts";
import { textIn } from "./rows/part.ts";
import type { Origin, Trace } from "./rows/trace.ts";

/**
 * Turns the notes of a trace into paths: one source for each leaf of the bundle, in its order. A
 * leaf without a note of its own came from where the nearest thing around it came from.
 */
export function sourcesOf(bundle: Bundle, trace: Trace, tables: CodeTables): readonly Source[] {
  const sources: Source[] = [];
  walk({ value: bundle, path: "", origin: { rule: "constant" }, by: undefined });
  return sources;

  function walk({ value, path, origin, by }: Step): void {
    if (!isBranch(value)) {
      sources.push({ path, ...described(origin, tables), ...(by !== undefined && { by }) });
      return;
    }
    for (const [key, child] of Object.entries(value)) {
      const near = trace.at(value, key) ?? origin;
      // Inside of a map's row the data types have rows too; the map's is the one people change.
      walk({ value: child, path: pathTo(path, key, value), origin: near, by: by ?? near.by });
    }
  }
}

interface Step {
  readonly value: unknown;
  readonly path: string;
  readonly origin: Origin;
  /** The row of the map around it. */
  readonly by: string | undefined;
}

function isBranch(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) !== null;
}

function pathTo(path: string, key: string, owner: object): string {
  if (Array.isArray(owner)) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
}

function described(origin: Origin, tables: CodeTables) {
  const { part, row, rule } = origin;
  const found = row ?? rowOf(origin, tables);
  return {
    ...(part !== undefined && { field: part.at }),
    ...(found !== undefined && { row: found }),
    ...(rule !== undefined && { rule }),
  };
}

function rowOf({ part, lookup }: Origin, tables: CodeTables): string | undefined {
  const table = lookup?.table;
  if (table === undefined || part === undefined) return undefined;
  const names = [textIn(part, 1), textIn(part, 2)].filter((name) => name !== undefined);
  const name = names.find((local) => tables.find(table, local) !== undefined);
  return name === undefined ? undefined : `${table}: ${tables.find(table, name)?.local ?? name}`;
}
