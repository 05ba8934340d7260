import { expect, test } from "vitest";
import { Refusals, refusedByNotices } from "../src/refusals.ts";

const notice = (code: string, kind: string, missing: readonly string[] = []) => ({
  kind,
  code,
  missing,
  mayMiss: true,
  text: "Left out.",
  hint: "Ask.",
});

test("remarks about what is left out are refusals; others are none", () => {
  const notices = [
    notice("59204", "applicationLacksAccess", ["Observation.Search (Labs) (R4)"]),
    notice("4101", "noMatches"),
    notice("59109", "parameterIgnored"),
    notice("59205", "userLacksAccess"),
  ];
  const refused = refusedByNotices(notices, true);
  expect(refused.map(({ code, apis, isPart }) => [code, apis, isPart])).toEqual([
    ["59204", ["Observation.Search (Labs) (R4)"], true],
    ["59205", [], true],
  ]);
});

test("refusals are counted by patients, whatever often they come", () => {
  const refusals = new Refusals();
  const [refused] = refusedByNotices([notice("59205", "userLacksAccess")], false);
  if (refused === undefined) throw new Error("no refusal");
  for (const patient of ["one", "one", "two"]) refusals.add(patient, refused);
  refusals.add("one", { ...refused, code: "59204" });
  expect(refusals.all.map(({ code, patients }) => [code, patients])).toEqual([
    ["59205", 2],
    ["59204", 1],
  ]);
});
