import { expect, test } from "vitest";
import { epicDialect } from "../src/index.ts";
import { epicQuirks } from "../src/quirks.ts";

test("the catalogue is in order, and says of each quirk what is seen and what follows", () => {
  const names = [...epicQuirks.keys()];
  expect(names.length).toBeGreaterThan(20);
  expect(names).toEqual(names.toSorted());
  for (const [name, { what, effect }] of epicQuirks) {
    expect(name).toMatch(/^[a-z][a-z0-9-]*$/u);
    for (const text of [what, effect]) expect(text).toMatch(/^[A-Z].{15,200}\.$/u);
  }
});

const actedOnBy = (who: string) =>
  [...epicQuirks].filter(([, quirk]) => quirk.actedOnBy === who).map(([name]) => name);

test.each(actedOnBy("dialect"))(
  "the client does otherwise at a site that is free of %s",
  (name) => {
    const usual = epicDialect();
    expect(epicDialect({ quirks: new Map([[name, true]]) })).toEqual(usual);
    expect(epicDialect({ quirks: new Map([[name, false]]) })).not.toEqual(usual);
  },
);

test.each([...epicQuirks.keys()].filter((name) => !actedOnBy("dialect").includes(name)))(
  "nothing of the client hangs on whether a site names %s",
  (name) => {
    expect(epicDialect({ quirks: new Map([[name, false]]) })).toEqual(epicDialect());
  },
);

test("what answers have to say names the types that it is about, and nothing else does", () => {
  const concerning = [...epicQuirks].filter(([, { concerns = [] }]) => concerns.length > 0);
  expect(concerning.map(([name]) => name)).toEqual(actedOnBy("answers"));
  expect(actedOnBy("answers").length).toBeGreaterThan(1);
});
