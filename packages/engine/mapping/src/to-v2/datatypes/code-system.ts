import type { Sight } from "../rows/sight.ts";

/** How a message names a coding system. */
export interface SystemName {
  /** Empty: the field says which codes it holds. */
  readonly text: string;
  readonly row?: string;
}

/**
 * The name of a coding system in HL7 table 0396, or the one that the site has for it.
 *
 * @param system A URI.
 * @returns Undefined where no row of the table `code-systems` has it.
 */
export function systemName(system: string, { composing }: Sight): SystemName | undefined {
  const [row] = composing.codes.ofSystem("code-systems", system);
  if (row !== undefined) return { text: row.local, row: `code-systems: ${row.local}` };
  const number = /\/v2-(?<number>\d{4})$/u.exec(system)?.groups?.["number"];
  if (number !== undefined) return { text: `HL7${number}` };
  return ownName(system, composing.site.id);
}

/**
 * A system that the mapping made up for codes that only this site knows; where it is named after a
 * field or a table, the code came without a system and goes back without.
 */
function ownName(system: string, siteId: string): SystemName | undefined {
  const start = `urn:trestle:${encodeURIComponent(siteId)}:`;
  if (!system.startsWith(start)) return undefined;
  const name = decoded(system.slice(start.length));
  if (name === undefined) return undefined;
  const isField = /^[A-Z][A-Z0-9]{2}-\d+$/u.test(name) || /^[a-z]+(?:-[a-z]+)+$/u.test(name);
  return { text: isField ? "" : name };
}

export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
