import type { SiteDataElement } from "@trestle/integration";
import { expect, test } from "vitest";
import { reportElements } from "../src/io/report-parts.ts";
import { planOf } from "../src/plan.ts";
import { FeedComparison } from "../src/io/compare-feeds.ts";

const absent: SiteDataElement = {
  type: "hl7",
  message: "ORU",
  field: "OBX-5",
  flowsheet: "steps",
  need: "required",
  minFill: 0.9,
  systems: [],
  isAbsent: true,
};

/** What a probe reports that was given this and asked nobody. */
function reported(data: readonly SiteDataElement[]) {
  const nobody = { record: { patient: none, patients: none, resources: none } };
  return reportElements({
    plan: planOf({ scopes: [], elements: {}, data }),
    state: undefined,
    now: 0,
    searches: [],
    unchecked: new Map(),
    comparison: new FeedComparison({ ...nobody, site: "harbor", maxResources: 1 }),
    fields: new Map(),
    journal: { get: none },
    hasTable: () => true,
  });
}

/** Nobody looks for anything here. */
const none = () => Promise.reject(new Error("nobody was to be asked"));

test("what a site says that it does not chart is looked for by nobody, and is a finding where it is required", async () => {
  const useful = { ...absent, flowsheet: "pain", need: "useful" } as const;
  const found = await reported([absent, useful]);
  expect(found.map(({ name, findings }) => [name, findings.map((each) => each.severity)])).toEqual([
    ["ORU OBX-5[steps]", ["bad"]],
    ["ORU OBX-5[pain]", ["remark"]],
  ]);
  expect(found.map(({ verdict }) => verdict)).toEqual(["finding", "undecided"]);
});
