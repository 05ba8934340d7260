import type { Extension } from "@trestle/fhir";
import { extension } from "../datatypes/extension.ts";
import { text } from "../datatypes/text.ts";
import { type ResourceMap, compileMap } from "../rows/define-map.ts";
import { rowName } from "../rows/row-name.ts";
import type { Converter, Row } from "../rows/row.ts";
import type { GroupName } from "../structure/group-kinds.ts";
import type { NotMapped } from "../unmapped/not-mapped.ts";
import type { ValueSets } from "../value-sets.ts";
import { conditionOf } from "./conditions.ts";
import { baseMaps } from "./base-maps.ts";
import { converters } from "./converters.ts";
import type { Overlay, OverlayRow, RowChange } from "./overlay.ts";

/** The base maps as a site has changed them. */
export interface SiteMaps {
  /** Changed maps by name; every other one is the base map. */
  readonly maps: ReadonlyMap<string, ResourceMap>;
  /** Whose the site's own segments are. */
  readonly segments: ReadonlyMap<string, GroupName>;
  /** What the site leaves out on purpose, beside what the product does. */
  readonly notMapped: readonly NotMapped[];
}

/**
 * Lays an overlay that `checkOverlay` found good over the base maps; once for a revision.
 *
 * @param sets The site's value sets, which conditions name.
 */
export function siteMaps(
  { maps, segments, notMapped = [] }: Overlay,
  sets: ValueSets = {},
): SiteMaps {
  const changed = Object.entries(maps).flatMap(([name, changes]) => {
    const base = baseMaps().get(name);
    return base === undefined ? [] : [[name, overlaid(base, changes, sets)] as const];
  });
  return {
    maps: new Map(changed),
    segments: new Map(Object.entries(segments)),
    notMapped: notMapped.map((each) => ({ ...each, name: "", where: "" })),
  };
}

function overlaid(
  { name, definition }: ResourceMap,
  changes: readonly RowChange[],
  sets: ValueSets,
): ResourceMap {
  const { rows, closing = [] } = definition;
  const change = (among: readonly Row[]) =>
    changes.reduce((all, each) => withoutAdding(all, each, sets), among);
  return compileMap(name, {
    ...definition,
    rows: changes.reduce((all, each) => adding(all, each, sets), change(rows)),
    closing: change(closing),
  });
}

function withoutAdding(rows: readonly Row[], change: RowChange, sets: ValueSets): readonly Row[] {
  if (change.change === "remove") return rows.filter((row) => rowName(row) !== change.row);
  if (change.change === "add") return rows;
  return rows.map((row) =>
    rowName(row) === change.row ? { ...row, ...rowOf(change, sets) } : row,
  );
}

/** Ahead of those that write to the same place, so that the site's value wins. */
function adding(rows: readonly Row[], change: RowChange, sets: ValueSets): readonly Row[] {
  if (change.change !== "add") return rows;
  const row = { to: toOf(change), id: change.row, ...rowOf(change, sets) };
  const rival = rows.findIndex(({ to }) => to === row.to);
  const at = rival === -1 ? rows.length : rival;
  return rows.toSpliced(at, 0, row);
}

/** What a change says of a row; nothing of what it leaves out. */
function rowOf(change: OverlayRow, sets: ValueSets): Partial<Row> {
  const from = change.firstOf ?? change.from;
  const as = converterOf(change);
  return {
    ...(change.to !== undefined && { to: change.to }),
    ...(from !== undefined && { from, is: undefined }),
    ...(as !== undefined && { as }),
    ...(change.table !== undefined && { table: change.table }),
    ...(change.is !== undefined && { is: constantOf(change), from: [] }),
    ...(change.when !== undefined && { when: conditionOf(change.when, sets) }),
  };
}

function toOf({ to, extension: url }: OverlayRow): string {
  return to ?? (url === undefined ? "" : "extension[]");
}

function constantOf({ is, extension: url, value }: OverlayRow): unknown {
  return url === undefined || value === undefined ? is : { url, [value]: is };
}

function converterOf({ as, extension: url, value }: OverlayRow): Converter | undefined {
  const isKnown = as !== undefined && Object.hasOwn(converters, as);
  const converter = isKnown ? converters[as] : undefined;
  if (url === undefined || value === undefined) return converter;
  return extension(url, value as keyof Extension, converter ?? text);
}
