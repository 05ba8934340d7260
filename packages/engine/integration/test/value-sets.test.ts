import { systemClock } from "@trestle/base";
import { printProblems } from "@trestle/config";
import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { FolderMemory, applyApprovals, dataAtSite, loadIntegration } from "../src/index.ts";
import { planChange, planOf } from "../src/processing-plan.ts";
import { readyPlan } from "../src/ready-plan.ts";
import { effectiveOf, layersOf } from "../src/site-layers.ts";
import {
  type Files,
  type Folder,
  integrationIn,
  small,
  smallFolder,
  writeFiles,
} from "./folder.ts";

let folder: Folder | undefined;
afterEach(() => folder?.remove());

const site = small["sites/harbor/site.yaml"];
const stays: Files = {
  "integration.yaml": stringify({
    title: "App",
    valueSets: { stays: { title: "Stays", table: "patient-class" } },
    data: [{ type: "hl7", message: "ADT", field: "PV1-2", valueSet: "stays" }],
  }),
  "sites/harbor/site.yaml": `${site}valueSets: { stays: [I] }\n`,
};
const routed = small["channels/adt-in.yaml"].replace(
  "- to: app",
  "- { to: app, when: { inSet: { PV1-2: stays } } }",
);

test("the highest layer that fills a value set fills it alone, an empty one too", () => {
  const codes = fc.option(fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 3 }), {
    nil: undefined,
  });
  fc.assert(
    fc.property(codes, codes, codes, (...said) => {
      const [ofAll, ofSite, ofEnvironment] = said.map((each) =>
        each === undefined ? {} : { valueSets: { stays: each } },
      );
      const feeds = [{ listener: "east", channels: ["adt-in"] }];
      const environments = { nonproduction: { feeds, ...ofEnvironment } };
      const text = { title: "Harbor", timeZone: "America/Chicago", ...ofSite, environments };
      const written = new Map<string, unknown>([
        ["integration.yaml", { defaults: ofAll }],
        ["sites/harbor/site.yaml", text],
      ]);
      const layers = layersOf({ written }, { site: "harbor", environment: "nonproduction" });
      const effective = effectiveOf(layers, new Map());
      const expected = said.findLast((each) => each !== undefined);
      const filled = effective.ok && effective.settings.valueSets;
      expect(filled).toEqual(expected === undefined ? {} : { stays: expected });
    }),
  );
});

test("a value set reaches what maps and routes the site's messages, and what a probe looks for", async () => {
  folder = smallFolder(stays);
  const integration = await integrationIn(folder.path);
  const { processing } = readyPlan(planOf(integration), {
    clock: systemClock,
    transforms: new Map(),
  });
  expect(processing.siteOf("harbor")?.valueSets).toEqual({ stays: ["I"] });
  const [harbor] = integration.sites.values();
  const { needs } = integration;
  const [element] = needs && harbor ? dataAtSite(needs, harbor) : [];
  expect(element?.allowed).toEqual({ codes: ["I"], table: "patient-class" });
});

describe("a reload", () => {
  test("sends a site anew to the thread that maps where a value set of it is other", async () => {
    folder = smallFolder(stays);
    const before = planOf(await integrationIn(folder.path));
    writeFiles(folder.path, { "sites/harbor/site.yaml": `${site}valueSets: { stays: [I, O] }\n` });
    const { sites } = planChange(planOf(await integrationIn(folder.path)), before);
    expect(sites).toMatchObject([{ id: "harbor", valueSets: { stays: ["I", "O"] } }]);
  });

  test("tells what a channel needs that it did not need before", async () => {
    const { "integration.yaml": text } = stays;
    const declared = String(text).replace(/data:[^]*/u, "");
    const files = { "integration.yaml": declared, "channels/adt-in.yaml": routed };
    folder = smallFolder({
      ...files,
      "sites/harbor/site.yaml": `${site}valueSets: { stays: [] }\n`,
    });
    const [memory, quirks] = [new FolderMemory(), new Map()];
    const check = async () => {
      const loaded = await loadIntegration(folder?.path ?? "", { memory, quirks });
      return loaded.ok ? "" : printProblems(loaded.problems);
    };
    expect(await check()).toBe("");
    const wards = routed.replace("PV1-2: stays", "PV1-2: stays, PV1-3: wards");
    const more = declared.replace("valueSets:", "valueSets:\n  wards: { title: Wards }");
    writeFiles(folder.path, { "integration.yaml": more, "channels/adt-in.yaml": wards });
    expect(await check()).toContain("names the value set “wards”");
  });
});

test("a route that names a set which approved production does not fill is told before it takes nothing", async () => {
  const given = { ...stays, "channels/adt-in.yaml": routed };
  const ofProduction = String(stays["sites/harbor/site.yaml"]).replace("nonprod", "prod");
  folder = smallFolder({ ...given, "sites/harbor/site.yaml": ofProduction });
  const integration = await integrationIn(folder.path);
  const harbor = integration.sites.get("harbor");
  if (harbor === undefined) throw new TypeError("there is no such site");
  const problemsWith = (valueSets: typeof harbor.valueSets) => {
    const production = { ...harbor, valueSets, revision: "h-1" };
    const approved = { site: "harbor", revision: "h-1", files: new Map(), production };
    return applyApprovals(integration, new Map([["harbor", approved]])).problems;
  };
  expect(problemsWith({ stays: [] })).toEqual([]);
  expect(problemsWith({})).toMatchObject([
    {
      code: "integration.valueSetNotApproved",
      file: "channels/adt-in.yaml",
      path: ["routes", 0, "when", "inSet", "PV1-2"],
    },
  ]);
});
