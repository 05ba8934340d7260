import { wrongCode } from "@trestle/code-tables/wrong-code";
import { defaultTableNames } from "@trestle/mapping/configuration";
import { type CheckedEnvironment, problemAt } from "./checked-environment.ts";
import { layerOf } from "./layers.ts";
import type { CrossProblem } from "./parts.ts";
import { siteTables, tablesNamedIn } from "./tables-of-site.ts";
import { hintFor } from "./unknown-name.ts";

/**
 * Checks what becomes of codes without a row: that the table is one in which they are told, and that
 * what stands in for them can be a code of its system.
 */
export async function checkPolicies(checked: CheckedEnvironment): Promise<readonly CrossProblem[]> {
  const all = Object.entries(checked.settings.codeTables);
  if (all.length === 0) return [];
  const { warningTables } = await import("@trestle/mapping/overlay");
  const own = tablesNamedIn(checked.parts.overlays.get(checked.site));
  const told = new Set([...warningTables(), ...own]);
  return all.flatMap(([table, policy]) => {
    if (policy.unmapped !== "pass" && !told.has(table)) return [notTold(checked, table)];
    if (policy.unmapped !== "default") return unused(checked, table);
    return standsIn(checked, table, policy);
  });
}

type Policy = CheckedEnvironment["settings"]["codeTables"][string];

function notTold({ parts, site, layers }: CheckedEnvironment, table: string): CrossProblem {
  const path = ["codeTables", table];
  const own = [...(parts.tables.get(site)?.keys() ?? [])];
  const known = [...new Set([...defaultTableNames(), ...siteTables, ...own])];
  if (known.includes(table)) return problemAt(layers, path, { part: "key", ...neverTold(table) });
  return problemAt(layers, path, {
    part: "key",
    code: "integration.unknownTable",
    text: `There is no table “${table}”.`,
    hint: hintFor(table, known, "the mapping"),
  });
}

/** What stands beside `unmapped`, or above it, and is of no use there. */
function unused({ layers }: CheckedEnvironment, table: string): readonly CrossProblem[] {
  const trees = layers.map(({ settings }) => settings);
  const said = layerOf(trees, ["codeTables", table, "unmapped"]);
  return (["system", "code", "display"] as const).flatMap((key) => {
    const path = ["codeTables", table, key];
    // A layer below may have said it for its own default.
    return layerOf(trees, path) >= Math.max(said, 0)
      ? [problemAt(layers, path, { part: "key", ...forDefault })]
      : [];
  });
}

function standsIn(
  { layers }: CheckedEnvironment,
  table: string,
  { system = "", code = "", display = "" }: Policy,
): readonly CrossProblem[] {
  if (table === "identifiers") {
    return [problemAt(layers, ["codeTables", table, "unmapped"], noIdentifier)];
  }
  if (table === "units" && system !== ucum) {
    return [problemAt(layers, ["codeTables", table, "system"], unitsAreUcum)];
  }
  const row = { local: "", system, code, display, status: "mapped", note: "" } as const;
  const wrong = wrongCode(row);
  if (wrong === undefined) return [];
  const { column, ...problem } = wrong;
  return [problemAt(layers, ["codeTables", table, column], problem)];
}

function neverTold(table: string) {
  return {
    code: "integration.codesNotTold",
    text: `A code without a row is nothing unusual in the table ${table}, so it is never told and nothing can become of it.`,
    hint: "Remove this. What the table does not name goes over as it was sent.",
  };
}

const forDefault = {
  code: "integration.unusedDefault",
  text: "This is only used where unmapped is default.",
  hint: "Remove it, or let unmapped be default.",
};

const noIdentifier = {
  code: "integration.identifierByDefault",
  text: "A number of an authority that nobody named may be another patient's, so no system can stand in for it.",
  hint: "Let unmapped be hold, or pass.",
};

const unitsAreUcum = {
  code: "integration.unitSystem",
  text: "Units are codes of UCUM.",
  hint: "Write http://unitsofmeasure.org, and a code such as {unit}.",
};

const ucum = "http://unitsofmeasure.org";
