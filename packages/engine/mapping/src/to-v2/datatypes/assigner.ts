import type { CodeRow } from "../../tables/code-tables.ts";
import type { Node } from "../rows/node.ts";
import type { Sight } from "../rows/sight.ts";
import { decoded } from "./code-system.ts";

/** Who gave an identifier and of what type it is, in the words of a message. */
export interface Assigner {
  readonly authority?: string;
  readonly universal?: { readonly id: string; readonly type: string };
  readonly type?: string;
  /** The table and its row, `identifiers: EPI`. */
  readonly row?: string;
}

/**
 * By the site's table `identifiers`: `TH^MR` names authority and type, `EPI` is both, and the kind
 * that the field is for needs neither. Else a national system is named by its type, a system that
 * the mapping made up by the authority in it, an OID or UUID as a universal id.
 *
 * @returns Undefined for any other system, which nobody at the site would know.
 */
export function assignerOf(node: Node, sight: Sight, kind: string): Assigner | undefined {
  const system = node.peek("system");
  const type = node.along(["type", "coding"])[0]?.peek("code");
  if (system === undefined) return type === undefined || type === kind ? {} : { type };
  const { codes, site } = sight.composing;
  const row = chosen(codes.ofSystem("identifiers", system), type, kind);
  if (row !== undefined) return { ...named(row.local, kind), row: `identifiers: ${row.local}` };
  const [national] = codes.ofSystem("identifier-systems", system);
  if (national !== undefined) {
    return { ...named(national.local, kind), row: `identifier-systems: ${national.local}` };
  }
  const own = ownAuthority(system, site.id, kind);
  const universal = universalOf(system);
  if (own === undefined && universal === undefined) return undefined;
  const about = type === undefined || type === kind ? {} : { type };
  return { ...own, ...(universal && { universal }), ...about };
}

/** The row for the kind of the field first, then one of the type, then the first. */
function chosen(
  rows: readonly CodeRow[],
  type: string | undefined,
  kind: string,
): CodeRow | undefined {
  return (
    rows.find(({ local }) => local === kind) ??
    rows.find((row) => type !== undefined && row.code === type) ??
    rows[0]
  );
}

function named(local: string, kind: string): Assigner {
  if (local === kind) return {};
  const [authority = "", type = authority] = local.split("^");
  return { authority, type };
}

/** The authority, or the kind of field, that the mapping named a system after. */
function ownAuthority(system: string, siteId: string, kind: string): Assigner | undefined {
  const start = `urn:trestle:${encodeURIComponent(siteId)}:`;
  const name = system.startsWith(start) ? decoded(system.slice(start.length)) : undefined;
  if (name === undefined) return undefined;
  return name === kind ? {} : { authority: name.split("^")[0] ?? name };
}

function universalOf(system: string): Assigner["universal"] {
  const parts = /^urn:(?<scheme>oid|uuid):(?<id>[\w.-]+)$/u.exec(system)?.groups;
  if (parts === undefined) return undefined;
  return { id: parts["id"] ?? "", type: parts["scheme"] === "oid" ? "ISO" : "UUID" };
}
