import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Tree, layerOf, leavesOf, mergeLayers, printPath, valueAt } from "../src/layers.ts";

/** Layers in which each path is of one kind, as schemas see to it; any key may be left out. */
const layer: fc.Arbitrary<Tree> = fc.record(
  {
    zone: fc.constantFrom("a", "b"),
    limit: fc.nat({ max: 3 }),
    names: fc.array(fc.constantFrom("x", "y"), { maxLength: 2 }),
    feeds: fc.array(
      fc.record({ at: fc.nat({ max: 2 }), to: fc.nat({ max: 2 }) }, { requiredKeys: [] }),
      {
        maxLength: 2,
      },
    ),
    group: fc.record(
      {
        on: fc.boolean(),
        deep: fc.dictionary(fc.constantFrom("p", "q", "constructor", "a.b"), fc.nat({ max: 2 })),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

const layers = fc.array(layer, { maxLength: 4 });

describe("laying layers over each other", () => {
  test("is associative", () => {
    fc.assert(
      fc.property(layer, layer, layer, (a, b, c) => {
        const [ab, bc] = [mergeLayers([a, b]), mergeLayers([b, c])];
        expect(mergeLayers([ab, c])).toEqual(mergeLayers([a, bc]));
        expect(mergeLayers([a, b, c])).toEqual(mergeLayers([ab, c]));
      }),
    );
  });

  test("takes an empty layer anywhere without a change, and a layer twice as once", () => {
    fc.assert(
      fc.property(layers, fc.nat({ max: 4 }), (all, at) => {
        expect(mergeLayers(all.toSpliced(at, 0, {}))).toEqual(mergeLayers(all));
        expect(mergeLayers(all.flatMap((one) => [one, one]))).toEqual(mergeLayers(all));
      }),
    );
  });

  test("lets the later layer win, whatever it sets", () => {
    fc.assert(
      fc.property(layers, layer, (below, above) => {
        const merged = mergeLayers([...below, above]);
        for (const { path, value } of leavesOf(above)) {
          const isEmptyGroup = typeof value === "object" && !Array.isArray(value);
          if (!isEmptyGroup) expect(valueAt(merged, path)).toEqual(value);
        }
      }),
    );
  });

  test("takes each setting from the last layer that set it", () => {
    fc.assert(
      fc.property(layers, (all) => {
        const merged = mergeLayers(all);
        for (const { path, value } of leavesOf(merged).filter((leaf) => leaf.path.length > 0)) {
          const source = layerOf(all, path);
          expect(valueAt(all[source], path)).toEqual(value);
          // Nothing above it says anything else: without all layers below, it is still there.
          expect(valueAt(mergeLayers(all.slice(source)), path)).toEqual(value);
          // And without that layer, or with it as the last one, the others do not matter.
          const list = path.findIndex((step) => typeof step === "number");
          const whole = list === -1 ? path : path.slice(0, list);
          for (const later of all.slice(source + 1)) expect(valueAt(later, whole)).toBeUndefined();
        }
      }),
    );
  });

  test("changes none of the layers", () => {
    fc.assert(
      fc.property(layers, (all) => {
        const before = structuredClone(all);
        mergeLayers(all);
        expect(all).toEqual(before);
      }),
    );
  });
});

test("a list is replaced as a whole, so what a lower one had is no source of it", () => {
  const below = { feeds: [{ at: 1, to: 2 }, { at: 3 }] };
  const above = { feeds: [{ at: 4 }] };
  expect(mergeLayers([below, above])).toEqual(above);
  expect(layerOf([below, above], ["feeds", 0, "at"])).toBe(1);
  expect(layerOf([below, above], ["feeds", 0, "to"])).toBe(-1);
});

test.each([
  { path: ["feeds", 0, "listener"], printed: "feeds[0].listener" },
  { path: ["fhir", "parameters", "ah.practice"], printed: 'fhir.parameters["ah.practice"]' },
  { path: ["holidays", "2026-12-25"], printed: "holidays.2026-12-25" },
])("a path is printed as $printed", ({ path, printed }) => {
  expect(printPath(path)).toBe(printed);
});
