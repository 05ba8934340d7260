import { elementAt, elementNames } from "@trestle/fhir/elements";
import type { ResourceMap } from "../rows/define-map.ts";
import { rowName } from "../rows/row-name.ts";
import type { Row } from "../rows/row.ts";
import { faultIn } from "./check-constant.ts";
import type { PlaceCheck } from "./check-places.ts";
import { checkTarget } from "./check-target.ts";
import { converters, convertersFor } from "./converters.ts";
import type { OverlayRow, RowChange } from "./overlay.ts";
import {
  type OverlayProblem,
  changedTwice,
  constantAsIs,
  emptyList,
  noConverter,
  noExtension,
  noSource,
  noTarget,
  notAnExtension,
  severalSources,
  takenName,
  unknown,
  wrongConstant,
  wrongConverter,
} from "./overlay-problems.ts";

type Path = readonly PropertyKey[];

/** Checks the changes of one map. */
export class ChangeCheck {
  readonly problems: OverlayProblem[] = [];
  readonly #map: ResourceMap;
  readonly #places: PlaceCheck;
  readonly #base: ReadonlyMap<string, Row>;
  readonly #names: Set<string>;
  readonly #changed = new Set<string>();

  constructor(map: ResourceMap, places: PlaceCheck) {
    this.#map = map;
    this.#places = places;
    const { rows, closing = [] } = map.definition;
    this.#base = new Map([...rows, ...closing].map((row) => [rowName(row), row]));
    this.#names = new Set(this.#base.keys());
  }

  /** The change, with what its value becomes. What is wrong with it is added to `problems`. */
  change(change: RowChange, path: Path): RowChange {
    if (change.change === "add") return this.#add(change, path);
    const base = this.#base.get(change.row);
    if (base === undefined) {
      const known = [...this.#base.keys()];
      this.problems.push(unknown("row", { name: change.row, path: [...path, "row"], known }));
      return change;
    }
    if (this.#changed.has(change.row)) this.#say([...path, "row"], changedTwice);
    this.#changed.add(change.row);
    if (change.change === "remove") return change;
    return { ...change, ...this.#row(change, { path, to: change.to ?? base.to }) };
  }

  #add(change: RowChange & { change: "add" }, path: Path): RowChange {
    const to = change.to ?? (change.extension === undefined ? undefined : "extension[]");
    if (sourcesIn(change).length === 0) this.#say(path, noSource);
    if (to === undefined) {
      this.#say(path, noTarget);
      return change;
    }
    const name = rowName({ to, id: change.row });
    if (this.#names.has(name)) this.#say([...path, "row"], takenName);
    this.#names.add(name);
    return { ...change, ...this.#row({ ...change, to }, { path, to }) };
  }

  /** @param to Where the value goes: what the row says, or what the base row does. */
  #row(row: OverlayRow, { path, to }: { path: Path; to: string }): OverlayRow {
    this.problems.push(...this.#places.problemsOf(row, path));
    if (sourcesIn(row).length > 1) this.#say(path, severalSources);
    if (row.firstOf?.length === 0) this.#say([...path, "firstOf"], emptyList);
    const type = this.#typeOf(row, { path, to });
    if (row.is !== undefined) return this.#constant(row, { path, to, type });
    if (row.as !== undefined) this.#checkConverter(row.as, { path: [...path, "as"], type });
    const isOpen = row.as === undefined && (row.to !== undefined || row.extension !== undefined);
    if (!isOpen || type === undefined) return row;
    if (Object.hasOwn(converters, type)) return { ...row, as: type };
    this.#say(path, noConverter(type));
    return row;
  }

  /** The type of what a row makes: that of the element, or of the extension's value. */
  #typeOf(row: OverlayRow, { path, to }: { path: Path; to: string }): string | undefined {
    const target = checkTarget(this.#map.type, to);
    const at = row.to === undefined ? path : [...path, "to"];
    if (target.problem !== undefined) this.problems.push({ ...target.problem, path: at });
    if (row.extension === undefined) {
      if (row.value !== undefined) this.#say([...path, "value"], noExtension);
      return target.type;
    }
    if (target.type !== undefined && target.type !== "Extension") this.#say(at, notAnExtension);
    return this.#valueType(row, path);
  }

  #valueType({ value = "" }: OverlayRow, path: Path): string | undefined {
    const found = value.startsWith("value") ? elementAt("Extension", value) : undefined;
    if (found !== undefined) return found.type;
    const known = elementNames("Extension").filter((name) => name.startsWith("value"));
    const at = value === "" ? path : [...path, "value"];
    this.problems.push(unknown("value", { name: value, path: at, known }));
    return undefined;
  }

  #constant(
    row: OverlayRow,
    { path, to, type }: { path: Path; to: string; type: string | undefined },
  ): OverlayRow {
    for (const key of ["as", "table"] as const) {
      if (row[key] !== undefined) this.#say([...path, key], constantAsIs);
    }
    if (type === undefined) return row;
    // A list takes several constants at once.
    const isSeveral = to.endsWith("[]") && row.extension === undefined && Array.isArray(row.is);
    const values: readonly unknown[] = isSeveral ? (row.is as unknown[]) : [row.is];
    if (values.length === 0) this.#say([...path, "is"], emptyList);
    for (const [index, value] of values.entries()) {
      const fault = faultIn(value, type);
      if (fault === undefined) continue;
      const at = [...path, "is", ...(isSeveral ? [index] : []), ...fault.path];
      this.#say(at, wrongConstant(fault.expected));
    }
    return row;
  }

  #checkConverter(as: string, { path, type }: { path: Path; type: string | undefined }): void {
    if (!Object.hasOwn(converters, as)) {
      const known = Object.keys(converters);
      this.problems.push(unknown("converter", { name: as, path, known }));
      return;
    }
    if (type === undefined || convertersFor(type).includes(as)) return;
    this.#say(path, wrongConverter({ as, type, fitting: convertersFor(type) }));
  }

  #say(path: Path, problem: Omit<OverlayProblem, "path">): void {
    this.problems.push({ path, ...problem });
  }
}

function sourcesIn({ from, firstOf, is }: OverlayRow): readonly unknown[] {
  return [from, firstOf, is].filter((source) => source !== undefined);
}
