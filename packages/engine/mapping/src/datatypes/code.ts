import type { Extension } from "@trestle/fhir";
import type { CodeRow } from "../tables/code-tables.ts";
import { type Part, textIn, textOf } from "../rows/part.ts";
import { recurring } from "../rows/recurring.ts";
import type { Converter, Lookup } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { byDefaultExtension } from "../unmapped-policy.ts";
import { plainCode, warnings } from "../warnings.ts";

/** A code of FHIR's own, as the row's table gives it; nothing where it gives none. */
export const code = recurring((part, scope, lookup) => {
  const row = lookUp(part, scope, lookup);
  if (row === undefined || row.status === "not mapped on purpose") return undefined;
  if (row.byDefault !== undefined) scope.draft.markNext(row.code, row.byDefault);
  return row.code;
});

/** A Coding as the row's table gives it; what it does not list becomes a local coding. */
export const coding = recurring((part, scope, lookup) => {
  const row = lookUp(part, scope, lookup);
  if (row !== undefined && row.status !== "not mapped on purpose") return codingOf(row);
  const [local, display] = [textIn(part, 1), textIn(part, 2)];
  if (local === undefined) return undefined;
  const system = localSystem(scope, lookup.table ?? "");
  return { system, code: token(local), ...(display !== undefined && { display }) };
});

/** Yes or no, as the table yes-no gives it. */
export const flag = recurring((part, scope) => {
  const row = lookUp(part, scope, { table: "yes-no" });
  if (row === undefined) return undefined;
  const isYes = row.code === "true";
  if (row.byDefault !== undefined) scope.draft.markNext(isYes, row.byDefault);
  return isYes;
});

/** A row, or what the site lets stand in for one. */
export interface FoundRow extends CodeRow {
  /** The mark beside a code that only stands in, with the code as it was sent. */
  readonly byDefault?: Extension;
}

/**
 * The row of a table for a coded part. A code without row is a warning, unless the table is partial;
 * the site may have chosen what stands in for it.
 */
export function lookUp(part: Part, scope: Scope, lookup: Lookup): FoundRow | undefined {
  const { table } = lookup;
  if (table === undefined) return undefined;
  const row = findRow(part, scope, table);
  const local = row === undefined && lookup.isPartial !== true ? textIn(part, 1) : undefined;
  return local === undefined ? row : missed(part, scope, { table, local });
}

function missed(
  part: Part,
  scope: Scope,
  { table, local }: { readonly table: string; readonly local: string },
): FoundRow | undefined {
  const { draft } = scope;
  const facts = { table, code: local, at: part.at };
  draft.missRow({ table, local: plainCode(local), field: fieldAt(part.at) });
  const policy = draft.site.unmapped?.get(table);
  if (policy?.unmapped !== "default") {
    const isHeld = policy?.unmapped === "hold";
    draft.warn(isHeld ? warnings.heldCode(facts) : warnings.unmappedCode(facts));
    return undefined;
  }
  const { system, code: by, display } = policy;
  draft.warn(warnings.mappedByDefault({ ...facts, by }));
  draft.countDefault();
  const words = textIn(part, 2);
  const sent = {
    system: localSystem(scope, table),
    code: token(local),
    ...(words !== undefined && { display: words }),
  };
  const byDefault = { url: byDefaultExtension, valueCoding: sent };
  return { local, display, system, code: by, status: "mapped", note: "", byDefault };
}

/** `OBX-3` of `OBX[2]-3[0].1`. */
export function fieldAt(at: string): string {
  const { segment, field } = placeShape.exec(at)?.groups ?? {};
  return segment === undefined || field === undefined ? at : `${segment}-${field}`;
}

const placeShape = /^(?<segment>[A-Z][A-Z0-9]{2})(?:\[\d+\])?-(?<field>\d+)/u;

/** Looks for the code, and where there is no row for it for its text: some senders write words. */
export function findRow(part: Part, scope: Scope, table: string): CodeRow | undefined {
  const { tables } = scope.draft.site;
  const local = textIn(part, 1) ?? "";
  const found = local === "" ? undefined : tables.find(table, local);
  if (found !== undefined) return found;
  const words = textIn(part, 2) ?? "";
  return words === "" ? undefined : tables.find(table, words);
}

export function codingOf({ system, code, display, byDefault }: FoundRow) {
  return {
    ...(byDefault !== undefined && { extension: [byDefault] }),
    system,
    code,
    ...(display !== "" && { display }),
  };
}

/** The system of codes that only this site knows. */
export function localSystem(scope: Scope, name: string): string {
  return `urn:trestle:${encodeURIComponent(scope.draft.site.id)}:${encodeURIComponent(name)}`;
}

/** A text as FHIR allows a code to be: single blanks inside. */
function token(text: string): string {
  return text.replaceAll(/\s+/gu, " ");
}

/** A code that goes over as it is. */
export const asToken: Converter = (part) => {
  const text = textOf(part);
  return text === undefined ? undefined : token(text);
};
