import { problems } from "../problems.ts";
import type { Node } from "../rows/node.ts";
import type { Converter, Lookup } from "../rows/row.ts";
import type { Sight } from "../rows/sight.ts";
import type { Piece } from "../rows/written.ts";
import type { CodeRow } from "../../tables/code-tables.ts";

/** A code of FHIR's own as the local code of the row's table. */
export const code: Converter = (node, sight, lookup) => {
  const written = node.glance;
  if (written === undefined) return undefined;
  return localCode(node, sight, { system: undefined, code: written, lookup });
};

/** The same where FHIR has more codes than HL7: those named here are looked up as another. */
export function codeAs(same: ReadonlyMap<string, string>): Converter {
  return (node, sight, lookup) => {
    const written = node.glance;
    if (written === undefined) return undefined;
    return localCode(node, sight, {
      system: undefined,
      code: same.get(written) ?? written,
      lookup,
    });
  };
}

/** A Coding as the local code of the row's table. */
export const coding: Converter = (node, sight, lookup) => {
  const written = node.peek("code");
  if (written === undefined) return undefined;
  return localCode(node, sight, { system: node.peek("system"), code: written, lookup });
};

/** A CodeableConcept as a bare local code: one of its codings, else its text, with a row in the table. */
export const conceptCode: Converter = (node, sight, lookup) => {
  const local = codedPiece(node, sight, lookup)?.piece ?? wordsPiece(node, sight, lookup);
  if (local !== undefined) return local;
  const [first] = node.children("coding");
  const shown = first?.peek("code") ?? node.peek("text");
  if (shown === undefined) return undefined;
  return unlisted(first ?? node, sight, { code: shown, lookup });
};

/** The local code of the first coding that has one, and that coding. */
export function codedPiece(
  node: Node,
  sight: Sight,
  lookup: Lookup,
): { readonly piece: Piece; readonly coding: Node } | undefined {
  const { table } = lookup;
  if (table === undefined) return undefined;
  for (const each of node.children("coding")) {
    const written = each.peek("code");
    if (written === undefined) continue;
    const piece = find(each, sight, { table, system: each.peek("system"), code: written });
    if (piece === undefined) continue;
    each.use();
    return { piece, coding: each };
  }
  return undefined;
}

/** The local code that has the concept's text as its name. */
export function wordsPiece(node: Node, sight: Sight, { table }: Lookup): Piece | undefined {
  const words = node.child("text");
  if (table === undefined || words?.glance === undefined) return undefined;
  const row = sight.composing.codes.findWords(table, words.glance);
  if (row === undefined) return undefined;
  words.use();
  return { text: row.local, path: words.path, row: nameOf(table, row) };
}

/** What happens to a code that has no row. */
export function unlisted(
  node: Node,
  sight: Sight,
  { code: written, lookup }: { code: string; lookup: Lookup },
): Piece | undefined {
  const { table = "", unlisted: policy = "refuse" } = lookup;
  if (policy === "refuse") {
    sight.composing.refuse(problems.unlistedCode({ table, code: written, at: node.path }));
  }
  if (policy !== "pass") return undefined;
  node.use();
  return { text: written, path: node.path, rule: `not in ${table}, passed on` };
}

interface Wanted {
  readonly system: string | undefined;
  readonly code: string;
}

function localCode(
  node: Node,
  sight: Sight,
  { lookup, ...wanted }: Wanted & { readonly lookup: Lookup },
): Piece | undefined {
  const found = find(node, sight, { table: lookup.table ?? "", ...wanted });
  if (found === undefined) return unlisted(node, sight, { code: wanted.code, lookup });
  node.use();
  return found;
}

function find(
  node: Node,
  { composing }: Sight,
  { table, system, code: written }: Wanted & { readonly table: string },
): Piece | undefined {
  const found = composing.codes.find(table, system, written);
  if (found === undefined) return undefined;
  const row = nameOf(table, found.row);
  const facts = { row, at: node.path };
  if (found.row.status === "proposed") composing.warn(problems.proposedCode(facts));
  if (found.count > 1) composing.note(problems.severalLocalCodes({ ...facts, count: found.count }));
  return { text: found.row.local, path: node.path, row };
}

/** `gender: F` */
function nameOf(table: string, { local }: CodeRow): string {
  return `${table}: ${local}`;
}
