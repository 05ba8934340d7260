import { fieldLabel } from "@trestle/hl7v2";
import type { Source } from "@trestle/mapping";
import { type Requirement, requirementsOf } from "./condition.ts";
import { type Where, leavesAt } from "./element.ts";
import { hostsOf } from "./hosts.ts";
import { mapped } from "./mapped.ts";
import type { ProbeMessage } from "./probe-message.ts";
import type { Leaf, Tree } from "./result-tree.ts";
import { samplesOf } from "./sample-values.ts";

/** What is tried for one published line: a field or a component of it, and values of the field. */
export interface Trial {
  /** `PID-5`, `PID-5.2`; a bare `PID` for what hangs on the segment and no field. */
  readonly place: string;
  readonly values: readonly string[];
  /** The line's condition, as the table writes it. */
  readonly condition: string;
  /** What the table puts there; undefined where the field gives the value. */
  readonly constant: string | undefined;
}

/** How the evidence for a line was found; undefined where there is none. */
export type Evidence = "source" | "constant" | undefined;

/**
 * Whether a field reaches an element. In some message in which just that field is filled beyond what
 * its resource needs, a value stands there that has the field as its source, or that changes with
 * the component. A constant counts beside such a value, or where it comes only with the field.
 */
export function evidenceFor(trial: Trial, where: Where): Evidence {
  if (!probesOf(trial).some((probe) => isSeen(trial, where, probe))) return undefined;
  return trial.constant === undefined ? "source" : "constant";
}

function isSeen({ place, constant }: Trial, where: Where, { probe, without }: Probe): boolean {
  const tree = mapped(probe);
  const leaves = leavesAt(tree, where).filter(
    ({ value }) => constant === undefined || text(value) === constant,
  );
  if (leaves.length === 0) return false;
  const isClear = (leaf: Leaf) =>
    constant === undefined ? isFrom(leaf, place) : isBeside(tree, leaf, place);
  if (isSegment(place) || leaves.some(isClear)) return true;
  const before = new Set(leavesAt(mapped(without), where).map(signature));
  const isOwn = (leaf: Leaf) => constant !== undefined || isFrom(leaf, fieldOf(place));
  return leaves.some((leaf) => !before.has(signature(leaf)) && isOwn(leaf));
}

/** The messages that try a line: each host with each value, and the same without the place. */
export function probesOf(trial: Trial): readonly Probe[] {
  const alternatives = alternativesOf(requirementsOf(trial.condition) ?? []);
  const field = fieldOf(trial.place);
  const tried = isAbsent(trial) ? [""] : trial.values;
  const values = isSegment(trial.place) ? [undefined] : tried;
  return hostsOf(field.slice(0, 3)).flatMap((host) =>
    values.flatMap((value) => {
      const filled = value === undefined ? host : host.with(field, value);
      return alternatives.map((required) => {
        const probe = required.reduce((message, each) => satisfied(message, each, field), filled);
        return { probe, without: probe.with(trial.place, "") };
      });
    }),
  );
}

/** `IF NOT VALUED …` names no place: the line is about its own field, where nothing stands in it. */
function isAbsent({ condition }: Trial): boolean {
  return /^IF NOT VALUED\b/u.test(condition);
}

/** One for each value that a condition allows. */
function alternativesOf(required: readonly Requirement[]): readonly (readonly Requirement[])[] {
  const longest = Math.max(1, ...required.map(({ values }) => values?.length ?? 1));
  return Array.from({ length: longest }, (_each, turn) =>
    required.map((each) => {
      if (each.values === undefined || each.values.length === 0) return each;
      return { ...each, values: each.values.slice(turn % each.values.length) };
    }),
  );
}

/** A message with a field filled, and the same without it. */
export interface Probe {
  readonly probe: ProbeMessage;
  readonly without: ProbeMessage;
}

function satisfied(message: ProbeMessage, required: Requirement, field: string): ProbeMessage {
  const at = placeFor(required.place, field);
  const [, segment = "", number = ""] = /^(...)-(\d+)/u.exec(at) ?? [];
  const [sample = ""] = samplesOf(fieldLabel(segment, Number(number))?.type ?? "ST");
  const there = message.at(at) || (at.includes(".") ? "77" : sample);
  if (required.isRepeated === true) return message.with(at, `${there}~${there}`);
  if (required.values === undefined) return message.with(at, there);
  const [value = ""] = required.values;
  const next = message.with(at, value);
  return field === "OBX-5" ? next : withObserved(next, at, value);
}

/** What OBX-2 names must stand in OBX-5, and a separator between two numbers, or there is no value. */
function withObserved(message: ProbeMessage, at: string, value: string): ProbeMessage {
  if (at === "OBX-2") return message.with("OBX-5", samplesOf(value).at(-1) ?? "");
  return at === "OBX-5.3" ? message.with("OBX-5.4", "9") : message;
}

/** `ORC.1` is written for ORC-1; `CX.5` is the fifth component of the field at hand. */
function placeFor(place: string, field: string): string {
  const isOfSegment =
    (/^...-/u.test(place) && hostsOf(place.slice(0, 3)).length > 0) ||
    place.startsWith(`${field.slice(0, 3)}.`);
  if (isOfSegment) return place.replace(/^(?<name>...)\./u, "$<name>-");
  return `${field}.${place.split(/[.-]/u).at(-1) ?? ""}`;
}

/** An id and a reference say which resource is meant, and carry nothing of the field. */
function isFrom({ path, source }: Leaf, place: string): boolean {
  return isOf(source, place) && !/(?:\.id|\.fullUrl|\.reference)$/u.test(path);
}

/** A constant of the resource as a whole needs no neighbour; one of an item of a list does. */
function isBeside(tree: Tree, { path }: Leaf, place: string): boolean {
  const item = /^entry\[\d+\]\.resource\..*?\]/u.exec(path)?.[0];
  if (item === undefined) return true;
  return tree.leavesBelowPath(item).some(({ source }) => isOf(source, fieldOf(place)));
}

function isOf(source: Source | undefined, place: string): boolean {
  const bare = source?.field?.replaceAll(/\[\d+\]/gu, "");
  return bare !== undefined && (bare === place || bare.startsWith(`${place}.`));
}

function signature({ path, value }: Leaf): string {
  return `${path} ${text(value)}`;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function fieldOf(place: string): string {
  return place.split(".")[0] ?? place;
}

function isSegment(place: string): boolean {
  return !place.includes("-");
}
