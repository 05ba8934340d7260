import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Difference } from "../differences.ts";
import type { NotMapped } from "../unmapped/not-mapped.ts";

/** The lines of `declarations/differences.csv`, in their order. */
export function declaredDifferences(): readonly Difference[] {
  return read("differences.csv") as readonly Difference[];
}

/** The lines of `declarations/not-mapped.csv`, in their order; read when first asked for. */
export function declaredNotMapped(): readonly NotMapped[] {
  notMapped ??= read("not-mapped.csv") as readonly NotMapped[];
  return notMapped;
}

let notMapped: readonly NotMapped[] | undefined;

/** A file of the product with a heading; the tests hold it against its columns. */
function read(file: string): unknown {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "declarations", file), "utf8");
  return parse(text, { columns: true, skipEmptyLines: true });
}
