import { type CheckedEnvironment, problemAt, rowsOf } from "./checked-environment.ts";
import type { DataElement } from "./data-element-settings.ts";
import { flowsheetTable } from "./flowsheet-rows.ts";
import type { SiteFlowsheets } from "./flowsheet-settings.ts";
import type { CrossProblem } from "./parts.ts";
import { tablePath } from "./table-place.ts";
import { hintFor } from "./unknown-name.ts";

/**
 * Checks the flowsheets of an environment: that the integration knows them, that each row is said
 * once, and that all are there which a data element needs.
 */
export function checkFlowsheets(checked: CheckedEnvironment): readonly CrossProblem[] {
  return [...unknown(checked), ...saidTwice(checked), ...inTable(checked), ...missing(checked)];
}

function unknown({ parts, layers, settings }: CheckedEnvironment): readonly CrossProblem[] {
  const known = Object.keys(parts.needs?.flowsheets ?? {});
  return Object.keys(settings.flowsheets).flatMap((name) => {
    if (known.includes(name)) return [];
    const problem = {
      part: "key" as const,
      code: "integration.unknownFlowsheet",
      text: `There is no flowsheet “${name}”.`,
      hint: hintFor(name, known, "flowsheets of integration.yaml"),
    };
    return [problemAt(layers, ["flowsheets", name], problem)];
  });
}

interface FlowsheetRow {
  readonly name: string;
  readonly index: number;
  /** As tables look for it. */
  readonly local: string;
}

function rowsIn(flowsheets: SiteFlowsheets): readonly FlowsheetRow[] {
  return Object.entries(flowsheets)
    .filter(([, { isCharted }]) => isCharted)
    .flatMap(([name, { rows }]) => rows.map((row, index) => ({ name, index, local: normal(row) })));
}

function saidTwice({ layers, settings }: CheckedEnvironment): readonly CrossProblem[] {
  const first = new Map<string, string>();
  return rowsIn(settings.flowsheets).flatMap(({ name, index, local }) => {
    const earlier = first.get(local);
    first.set(local, earlier ?? name);
    if (earlier === undefined) return [];
    return [problemAt(layers, ["flowsheets", name, "rows", index], rowTwice(earlier))];
  });
}

/** One place says what a row means: with two, one of them would be believed and the other changed. */
function inTable({ parts, site, settings }: CheckedEnvironment): readonly CrossProblem[] {
  const names = new Map(rowsIn(settings.flowsheets).map(({ local, name }) => [local, name]));
  if (names.size === 0) return [];
  return (rowsOf(parts, site, flowsheetTable) ?? []).flatMap((row) => {
    const name = names.get(normal(row.local));
    if (name === undefined) return [];
    const file = `sites/${site}/tables/${flowsheetTable}.csv`;
    return [{ file, path: tablePath(row, "local"), ...rowInTable(name) }];
  });
}

function missing({ parts, layers, settings }: CheckedEnvironment): readonly CrossProblem[] {
  const { data = [], flowsheets: meanings = {} } = parts.needs ?? {};
  const needed = data.flatMap((element) => {
    const { flowsheet: name } = element;
    if (name === undefined || !Object.hasOwn(meanings, name)) return [];
    const has = Object.hasOwn(settings.flowsheets, name) ? settings.flowsheets[name] : undefined;
    if (has?.isCharted === false) return [];
    const { type } = element;
    if (type === "fhir" && (settings.fhir === undefined || isStandard(meanings[name]))) return [];
    const ids = (type === "fhir" ? has?.fhir : has?.rows) ?? [];
    return ids.length > 0 ? [] : [{ name, type }];
  });
  const once = new Map(needed.map((each) => [`${each.name} ${each.type}`, each]));
  return [...once.values()].map(({ name, type }) =>
    problemAt(layers, ["flowsheets", name], noId(name, type)),
  );
}

/** Servers send this system beside their own codes. */
function isStandard(meaning: { readonly system: string } | undefined): boolean {
  return meaning?.system === "http://loinc.org";
}

/** Case and outer blanks do not count in tables. */
function normal(local: string): string {
  return local.trim().toLowerCase();
}

function rowTwice(earlier: string) {
  return {
    code: "integration.flowsheetTwice",
    text: `This row is one of “${earlier}” already.`,
    hint: "Say of each row once what it means.",
  };
}

function rowInTable(name: string) {
  return {
    code: "integration.flowsheetInTable",
    text: `The site's settings say already that this is a row of the flowsheet “${name}”.`,
    hint: `Remove this row: flowsheets.${name} makes it.`,
  };
}

function noId(name: string, type: DataElement["type"]) {
  const key = type === "fhir" ? "fhir" : "rows";
  return {
    code: "integration.noFlowsheetId",
    text: `A data element needs the flowsheet “${name}”, and this site has no id for it.`,
    hint: `Ask the hospital, and write it under flowsheets.${name}.${key}; or isCharted: false where it charts no such thing.`,
  };
}
