import { reveal } from "@trestle/base";
import { describe, expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { cases } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";

const mapper = createMapper();

describe.each(cases)("the explanation of $name", ({ message }) => {
  const explained = mapper.explain(message, lakeshore);
  const leaves = leavesOf(JSON.parse(JSON.stringify(reveal(explained.bundle))));

  test("has the same result as the mapping", () => {
    const mapped = mapper.map(message, lakeshore);
    expect(JSON.stringify(reveal(explained.bundle))).toBe(JSON.stringify(reveal(mapped.bundle)));
    expect(explained.warnings).toEqual(mapped.warnings);
  });

  test("names each value once, in the order of the bundle", () => {
    expect(explained.sources.map(({ path }) => path)).toEqual(leaves.map(({ path }) => path));
  });

  test("says of each value where it came from", () => {
    const silent = explained.sources.filter(
      ({ field, row, rule }) => field === undefined && row === undefined && rule === undefined,
    );
    expect(silent).toEqual([]);
  });

  test("names fields that the message has", () => {
    const missing = explained.sources
      .flatMap(({ field }) => (field === undefined ? [] : [field]))
      .filter((field) => message.all(field.slice(0, 3)).length === 0);
    expect(missing).toEqual([]);
  });
});

test("a text that was taken over is what its field says", () => {
  const unlike = cases.flatMap(({ name, message }) => {
    const { bundle, sources } = mapper.explain(message, lakeshore);
    const values = new Map(
      leavesOf(JSON.parse(JSON.stringify(reveal(bundle)))).map(({ path, value }) => [path, value]),
    );
    return sources
      .filter(
        ({ path, row, rule }) =>
          path.endsWith(".family") && row === undefined && rule === undefined,
      )
      .filter(({ path, field = "" }) => message.get(field) !== values.get(path))
      .map(({ path, field }) => `${name} ${path} ${field}`);
  });
  expect(unlike).toEqual([]);
});

interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

/** Every value of a document with its path, `entry[0].resource.id`. */
function leavesOf(value: unknown, path = ""): readonly Leaf[] {
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => leavesOf(each, `${path}[${index}]`));
  }
  if (typeof value !== "object" || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([name, each]) =>
    leavesOf(each, path === "" ? name : `${path}.${name}`),
  );
}
