import type { RecordItem } from "@trestle/api/contract";
import { conceptKey, conceptText, listAt, observedText, textAt, valueAt } from "./fhir.ts";
import { newestFirst, ofType, timeOf } from "./record.ts";

/** One measured value. */
export interface Point {
  readonly item: RecordItem;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
  /** Undefined where it is no number, or masked. */
  readonly number: number | undefined;
  /** `H`, `high`: what the sender said of it; empty where nothing. */
  readonly flag: string;
}

/** All values of one kind, newest first. */
export interface Series {
  readonly key: string;
  readonly name: string;
  readonly unit: string;
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** The reference range as text; empty where none was sent. */
  readonly range: string;
  readonly points: readonly Point[];
}

/** The results of a record by what was measured; those with the newest value first. */
export function seriesOf(items: readonly RecordItem[]): readonly Series[] {
  const observations = ofType(items, "Observation").toSorted(newestFirst);
  const byCode = Map.groupBy(observations, ({ resource }) => conceptKey(valueAt(resource, "code")));
  return [...byCode].map(([key, group]) => oneSeries(key, group));
}

/** Whether enough of it are numbers to be drawn. */
export function canBeDrawn({ points }: Series): boolean {
  return points.filter(({ number }) => number !== undefined).length >= 2;
}

function oneSeries(key: string, group: readonly RecordItem[]): Series {
  const newest = group[0]?.resource;
  const ranged = group.find(({ resource }) => listAt(resource, "referenceRange").length > 0);
  const range = listAt(ranged?.resource, "referenceRange")[0];
  const low = numberAt(range, "low");
  const high = numberAt(range, "high");
  return {
    key,
    name: conceptText(valueAt(newest, "code")),
    unit: textAt(newest, "valueQuantity", "unit"),
    low,
    high,
    range: textAt(range, "text") || rangeText(low, high),
    points: group.map(pointOf),
  };
}

function pointOf(item: RecordItem): Point {
  const { resource } = item;
  return {
    item,
    at: timeOf(item),
    text: observedText(resource),
    number: numberOf(valueAt(resource, "valueQuantity", "value")),
    flag: textAt(listAt(resource, "interpretation")[0], "coding", 0, "code"),
  };
}

function numberAt(range: unknown, end: "low" | "high"): number | undefined {
  return numberOf(valueAt(range, end, "value"));
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function rangeText(low: number | undefined, high: number | undefined): string {
  if (low !== undefined && high !== undefined) return `${low} to ${high}`;
  if (low !== undefined) return `from ${low}`;
  return high === undefined ? "" : `to ${high}`;
}
