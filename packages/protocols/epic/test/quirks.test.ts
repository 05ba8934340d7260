import { expect, test } from "vitest";
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
