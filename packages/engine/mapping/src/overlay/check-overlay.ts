import { elementAt, elementNames } from "@trestle/fhir/elements";
import type { ResourceMap } from "../rows/define-map.ts";
import { isPlace } from "../rows/place.ts";
import { rowName } from "../rows/row-name.ts";
import { groupKinds } from "../structure/group-kinds.ts";
import { baseMaps } from "./base-maps.ts";
import { converters } from "./converters.ts";
import type { Overlay, OverlayCondition, OverlayRow, RowChange } from "./overlay.ts";
import {
  type OverlayProblem,
  aList,
  noConverter,
  noList,
  noPlace,
  noSource,
  noTarget,
  notOwn,
  ownSegment,
  takenName,
  unknown,
} from "./overlay-problems.ts";

/** An overlay in which each row says what its value becomes, and what is wrong with it. */
export interface CheckedOverlay {
  readonly overlay: Overlay;
  readonly problems: readonly OverlayProblem[];
}

/**
 * Checks an overlay against the base maps and the elements of R4: names of maps, rows, converters,
 * elements and places. Where a row does not say what its value becomes, the element's type decides.
 */
export function checkOverlay(overlay: Overlay): CheckedOverlay {
  const problems: OverlayProblem[] = [];
  const maps = Object.entries(overlay.maps).map(([name, changes]) => {
    const map = baseMaps().get(name);
    if (map === undefined) {
      const known = [...baseMaps().keys()];
      problems.push({ ...unknown("map", { name, path: ["maps", name], known }), part: "key" });
      return [name, changes] as const;
    }
    const check = new MapCheck(map, overlay);
    const checked = changes.map((change, index) => check.change(change, ["maps", name, index]));
    problems.push(...check.problems);
    return [name, checked] as const;
  });
  problems.push(...checkSegments(overlay));
  return { overlay: { ...overlay, maps: Object.fromEntries(maps) }, problems };
}

/** Checks the changes of one map. */
class MapCheck {
  readonly problems: OverlayProblem[] = [];
  readonly #map: ResourceMap;
  readonly #overlay: Overlay;
  readonly #rows: Set<string>;

  constructor(map: ResourceMap, overlay: Overlay) {
    this.#map = map;
    this.#overlay = overlay;
    const { rows, closing = [] } = map.definition;
    this.#rows = new Set([...rows, ...closing].map(rowName));
  }

  change(change: RowChange, path: readonly PropertyKey[]): RowChange {
    if (change.change === "add") return this.#add(change, path);
    if (!this.#rows.has(change.row)) {
      this.problems.push(
        unknown("row", { name: change.row, path: [...path, "row"], known: [...this.#rows] }),
      );
      return change;
    }
    if (change.change === "remove") return change;
    return { ...change, ...this.#row(change, path) };
  }

  #add(change: RowChange & { change: "add" }, path: readonly PropertyKey[]): RowChange {
    const to = change.to ?? (change.extension === undefined ? undefined : "extension[]");
    const isFed = [change.from, change.firstOf, change.is].some((source) => source !== undefined);
    if (to === undefined) this.problems.push({ path, ...noTarget });
    if (!isFed) this.problems.push({ path, ...noSource });
    if (to === undefined) return change;
    const name = rowName({ to, id: change.row });
    if (this.#rows.has(name)) this.problems.push({ path: [...path, "row"], ...takenName });
    this.#rows.add(name);
    return { ...change, ...this.#row({ ...change, to }, path) };
  }

  #row(row: OverlayRow, path: readonly PropertyKey[]): OverlayRow {
    for (const [place, at] of placesOf(row)) this.#checkPlace(place, [...path, ...at]);
    const target = row.to === undefined ? undefined : this.#checkTarget(row.to, [...path, "to"]);
    const type = this.#typeOf(row, { target, path });
    const isConstant = row.is !== undefined;
    const as = row.as ?? (type === undefined || isConstant ? undefined : type);
    if (as === undefined || as in converters) return as === undefined ? row : { ...row, as };
    const at = row.as === undefined ? path : [...path, "as"];
    this.problems.push(
      row.as === undefined
        ? { path: at, ...noConverter(as) }
        : unknown("converter", { name: as, path: at, known: Object.keys(converters) }),
    );
    return row;
  }

  /** The type of what a row makes: that of the element, or of the extension's value. */
  #typeOf(
    row: OverlayRow,
    { target, path }: { target: string | undefined; path: readonly PropertyKey[] },
  ): string | undefined {
    if (row.extension === undefined) return target;
    const found = elementAt("Extension", row.value ?? "");
    if (found === undefined || !row.value?.startsWith("value")) {
      const known = elementNames("Extension").filter((name) => name.startsWith("value"));
      const at = row.value === undefined ? path : [...path, "value"];
      this.problems.push(unknown("value", { name: row.value ?? "", path: at, known }));
    }
    return found?.type;
  }

  #checkTarget(to: string, path: readonly PropertyKey[]): string | undefined {
    const steps = to.replaceAll("[]", "").split(".");
    const found = elementAt(this.#map.type, steps.join("."));
    const first = elementAt(this.#map.type, steps[0] ?? "");
    if (found === undefined) {
      const known = first === undefined ? elementNames(this.#map.type) : elementNames(first.type);
      this.problems.push(
        unknown("element", {
          name: first === undefined ? (steps[0] ?? "") : (steps[1] ?? ""),
          path,
          known,
        }),
      );
      return undefined;
    }
    const isWrittenAsList = to.includes("[]");
    if (isWrittenAsList !== (first?.isList === true)) {
      this.problems.push({ path, ...(isWrittenAsList ? noList : aList(steps[0] ?? "")) });
    }
    return found.type;
  }

  #checkPlace(place: string, path: readonly PropertyKey[]): void {
    if (!isPlace(place)) {
      this.problems.push({ path, ...noPlace });
      return;
    }
    const segment = place.slice(0, 3);
    const isOwn = segment.startsWith("Z") && !(segment in this.#overlay.segments);
    if (isOwn) this.problems.push({ path, ...ownSegment(segment) });
  }
}

function checkSegments({ segments }: Overlay): readonly OverlayProblem[] {
  const known = new Set(Object.values(groupKinds).flatMap(({ holds }) => holds));
  return Object.keys(segments)
    .filter((name) => !/^Z[A-Z0-9]{2}$/u.test(name) || known.has(name))
    .map((name) => ({ path: ["segments", name], part: "key", ...notOwn }));
}

/** Every place that a row names, and where in the row it does. */
function placesOf(row: OverlayRow): readonly (readonly [string, readonly PropertyKey[]])[] {
  return [
    ...(row.from === undefined ? [] : [[row.from, ["from"]] as const]),
    ...(row.firstOf ?? []).map((place, index) => [place, ["firstOf", index]] as const),
    ...(row.when === undefined ? [] : placesIn(row.when, ["when"])),
  ];
}

function placesIn(
  when: OverlayCondition,
  path: readonly PropertyKey[],
): readonly (readonly [string, readonly PropertyKey[]])[] {
  return [
    ...(when.has ?? []).map((place, index) => [place, [...path, "has", index]] as const),
    ...(when.lacks ?? []).map((place, index) => [place, [...path, "lacks", index]] as const),
    ...Object.keys(when.oneOf ?? {}).map((place) => [place, [...path, "oneOf", place]] as const),
    ...(when.not === undefined ? [] : placesIn(when.not, [...path, "not"])),
    ...(when.any ?? []).flatMap((each, index) => placesIn(each, [...path, "any", index])),
  ];
}
