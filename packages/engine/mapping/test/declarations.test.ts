import { type Hl7Message, fieldLabel } from "@trestle/hl7v2";
import { describe, expect, test } from "vitest";
import { createMapper, declaredDifferences, declaredNotMapped } from "../src/index.ts";
import { baseMaps } from "../src/overlay/base-maps.ts";
import type { WrittenMap } from "../src/rows/define-map.ts";
import type { Row } from "../src/rows/row.ts";
import { cases } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";

const mapper = createMapper();

describe("the declarations", () => {
  test("of fields that are not mapped name each once, with a reason", () => {
    const declared = declaredNotMapped();
    expect(declared.length).toBeGreaterThan(300);
    const names = declared.map(({ field, where }) => `${field} ${where}`);
    expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
    const shape = /^(?:[A-Z][A-Z\d]{2}-(?:\d+(?:\.\d+)?|\*)|[A-Z]{2,3}\.\d+)$/u;
    expect(declared.filter(({ field, reason }) => !shape.test(field) || reason === "")).toEqual([]);
  });

  test("of fields that are not mapped name none that a case maps", () => {
    const mapped = new Set(cases.flatMap(({ message }) => mappedIn(message)));
    expect(neverMapped().filter((field) => mapped.has(field))).toEqual([]);
  });

  test("of fields that are not mapped name none that a row reads", () => {
    const read = new Set([...baseMaps().values()].flatMap(({ definition }) => readBy(definition)));
    expect(read.size).toBeGreaterThan(300);
    expect(neverMapped().filter((field) => read.has(field))).toEqual([]);
  });

  test("of differences name a field, an element and a reason", () => {
    const poor = declaredDifferences().filter(
      ({ field, element, reason }) => field === "" || element === "" || reason.length < 20,
    );
    expect(poor).toEqual([]);
  });
});

/** A line with `where` speaks of some messages, one without of all. */
function neverMapped(): readonly string[] {
  return declaredNotMapped()
    .filter(({ where }) => where === "")
    .map(({ field }) => field);
}

function readBy({ rows, closing = [], refersWith = [] }: WrittenMap): readonly string[] {
  const reads = (row: Row): readonly string[] => [
    ...[row.from ?? []].flat().map(String),
    ...(row.with ?? []).flatMap(reads),
  ];
  const places = [...rows, ...closing, ...refersWith].flatMap(reads);
  return [...places, ...places.map((place) => place.replace(/\.\d+$/u, ""))];
}

/** Every field, and component of a field or of a data type, that gave a value which is no id. */
function mappedIn(message: Hl7Message): readonly string[] {
  return mapper.explain(message, lakeshore).sources.flatMap(({ path, field = "" }) => {
    const isId = /(?:\.id|\.fullUrl|\.reference)$/u.test(path);
    const shape =
      /^(?<segment>...)(?:\[\d+\])?-(?<number>\d+)(?:\[\d+\])?(?:\.(?<component>\d+))?/u;
    const { segment, number, component } = shape.exec(field)?.groups ?? {};
    if (isId || segment === undefined) return [];
    const place = `${segment}-${number ?? ""}`;
    const type = fieldLabel(segment, Number(number))?.type ?? "";
    return component === undefined
      ? [place]
      : [place, `${place}.${component}`, `${type}.${component}`];
  });
}
