import { namesSystems, wrongCode } from "@trestle/code-tables/wrong-code";
import type { CodeRow } from "@trestle/mapping";
import { defaultTableNames } from "@trestle/mapping/configuration";
import type { FolderMemory } from "./memory.ts";
import type { CrossProblem, Parts } from "./parts.ts";
import { tablePath } from "./table-place.ts";
import { siteTables, tablesNamedIn } from "./tables-of-site.ts";
import { unknownName } from "./unknown-name.ts";

/**
 * A table of a name that the mapping does not look for would never be used, and a code that cannot be
 * one of its system would be believed.
 */
export function checkTables(
  { tables, sites, overlays }: Parts,
  memory: FolderMemory,
): CrossProblem[] {
  const known = [...defaultTableNames(), ...siteTables];
  return [...tables].flatMap(([site, named]) => [
    ...(sites.has(site) ? [] : [noSite(site)]),
    ...[...named.keys()].flatMap((name) =>
      unknownName({
        at: { file: `sites/${site}/tables/${name}.csv`, path: [] },
        what: "table",
        name,
        known: [...known, ...tablesNamedIn(overlays.get(site))],
        of: "the mapping",
      }),
    ),
    ...[...named].flatMap(([name, rows]) => {
      if (namesSystems(name)) return [];
      const file = `sites/${site}/tables/${name}.csv`;
      return memory.recall(`wrong codes of ${file}`, [rows], () => wrongCodes(file, rows));
    }),
  ]);
}

function wrongCodes(file: string, rows: readonly CodeRow[]): CrossProblem[] {
  return rows.flatMap((row) => {
    const found = wrongCode(row);
    if (found === undefined) return [];
    const { column, ...problem } = found;
    return [{ file, path: tablePath(row, column), ...problem }];
  });
}

function noSite(site: string): CrossProblem {
  return {
    file: `sites/${site}/site.yaml`,
    path: [],
    code: "integration.missingFile",
    text: "This site has code tables and no site.yaml.",
    hint: "Add the file. The site of integrations/sample is one to copy.",
  };
}
