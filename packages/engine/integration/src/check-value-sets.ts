import { codeTables, defaultTableNames } from "@trestle/mapping/configuration";
import { type CheckedEnvironment, problemAt } from "./checked-environment.ts";
import { withFlowsheets } from "./flowsheet-rows.ts";
import type { CrossProblem, Parts } from "./parts.ts";
import { siteTables, tablesNamedIn } from "./tables-of-site.ts";
import { hintFor, unknownName } from "./unknown-name.ts";
import { usesIn, usesInChannel, usesInOverlay } from "./value-set-uses.ts";

/** Checks value sets for the folder as a whole: each that is named is declared, and its table is there. */
export function checkValueSets(parts: Parts): readonly CrossProblem[] {
  const { needs, broken } = parts;
  if (broken.has("integration.yaml")) return [];
  const declared = Object.entries(needs?.valueSets ?? {});
  const known = declared.map(([name]) => name);
  const tables = tableNames(parts);
  return [
    ...usesIn(parts)
      .filter(({ name }) => !known.includes(name))
      .map(({ name, file, path }) => ({ file, path, ...unknownSet(name, known) })),
    ...declared.flatMap(([name, { table }]) => {
      const at = { file: "integration.yaml", path: ["valueSets", name, "table"] };
      const what = "table";
      return table === undefined
        ? []
        : unknownName({ at, what, name: table, known: tables, of: "the mapping" });
    }),
  ];
}

function tableNames({ tables, overlays }: Parts): readonly string[] {
  const own = [...tables.values()].flatMap((named) => [...named.keys()]);
  const named = [...overlays.values()].flatMap((overlay) => tablesNamedIn(overlay));
  return [...new Set([...defaultTableNames(), ...siteTables, ...own, ...named])];
}

/**
 * Sets that nothing uses. They do no harm, and are there for a while where production is to have one
 * before a channel names it.
 */
export function noticesOfValueSets(
  parts: Parts,
): readonly (CrossProblem & { readonly level: "warning" })[] {
  const used = new Set(usesIn(parts).map(({ name }) => name));
  return Object.keys(parts.needs?.valueSets ?? {})
    .filter((name) => !used.has(name))
    .map((name) => ({
      level: "warning",
      file: "integration.yaml",
      path: ["valueSets", name],
      ...unusedSet,
    }));
}

/** Checks what a site fills: sets that there are, with codes that their tables know, and all that it needs. */
export function checkFilledSets(checked: CheckedEnvironment): readonly CrossProblem[] {
  const { parts, site, layers, settings } = checked;
  const declared = parts.needs?.valueSets ?? {};
  const known = Object.keys(declared);
  const filled = settings.valueSets;
  return [
    ...Object.keys(filled)
      .filter((name) => !known.includes(name))
      .map((name) =>
        problemAt(layers, ["valueSets", name], { part: "key", ...unknownSet(name, known) }),
      ),
    ...neededAt(parts, site, checked)
      .filter((name) => known.includes(name) && !Object.hasOwn(filled, name))
      .map((name) => problemAt(layers, ["valueSets", name], notFilled(name))),
    ...Object.entries(filled).flatMap(([name, codes]) =>
      unknownCodes(checked, { name, codes, table: declared[name]?.table }),
    ),
  ];
}

/** What conditions name that this site's messages meet, and what its data is judged by. */
function neededAt(
  parts: Parts,
  site: string,
  { settings }: Pick<CheckedEnvironment, "settings">,
): readonly string[] {
  const channels = new Set(settings.feeds.flatMap((feed) => feed.channels));
  const uses = [
    ...[...channels].flatMap((name) => usesInChannel(parts, name)),
    ...usesInOverlay(parts, site),
  ];
  const ofData = (parts.needs?.data ?? []).flatMap(({ valueSet = [] }) => valueSet);
  return [...new Set([...uses.map(({ name }) => name), ...ofData])];
}

function unknownCodes(
  { parts, site, layers, settings }: CheckedEnvironment,
  set: {
    readonly name: string;
    readonly codes: readonly string[];
    readonly table?: string | undefined;
  },
): readonly CrossProblem[] {
  const { name, codes, table } = set;
  if (table === undefined || parts.broken.has(`sites/${site}/tables/${table}.csv`)) return [];
  const own = parts.tables.get(site) ?? new Map();
  const meanings = parts.needs?.flowsheets ?? {};
  const tables = codeTables(withFlowsheets(own, settings.flowsheets, meanings));
  return codes.flatMap((code, index) =>
    tables.find(table, code) === undefined
      ? [problemAt(layers, ["valueSets", name, index], notInTable(code, { table, site }))]
      : [],
  );
}

function unknownSet(name: string, known: readonly string[]) {
  return {
    code: "integration.unknownValueSet",
    text: `There is no value set “${name}”.`,
    hint: hintFor(name, known, "valueSets of integration.yaml"),
  };
}

const unusedSet = {
  part: "key",
  code: "integration.unusedValueSet",
  text: "Nothing uses this value set: no condition of a route or an overlay, and no data element.",
  hint: "Name it there as inSet or valueSet, or remove it here and at the sites.",
} as const;

function notFilled(name: string) {
  return {
    code: "integration.valueSetNotFilled",
    text: `What this site's messages and data meet names the value set “${name}”, and nobody says what is in it here.`,
    hint: `Write the site's codes under valueSets.${name}; [] where it has none.`,
  };
}

function notInTable(code: string, { table, site }: { table: string; site: string }) {
  return {
    code: "integration.codeNotInTable",
    text: `The site's table ${table} has no row for “${code}”, and neither has the product's.`,
    hint: `Correct the code, or add a row for it to sites/${site}/tables/${table}.csv.`,
  };
}
