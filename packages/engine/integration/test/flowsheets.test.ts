import { codeTables } from "@trestle/mapping/configuration";
import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { withFlowsheets } from "../src/flowsheet-rows.ts";
import { flowsheetMeanings } from "../src/flowsheet-settings.ts";
import { FolderMemory, dataAtSite, loadIntegration, productionChanges } from "../src/index.ts";
import { layerOf } from "../src/layers.ts";
import { effectiveOf, layersOf } from "../src/site-layers.ts";
import { type Folder, integrationIn, small, smallFolder } from "./folder.ts";

let folder: Folder | undefined;
afterEach(() => folder?.remove());

const flowsheets = {
  "heart-rate": { title: "Heart rate", code: "8867-4" },
  steps: { title: "Steps", system: "https://planner.example/codes", code: "steps" },
};

/** The small folder with what each layer says of flowsheets, the lowest first. */
function folderWith(
  { defaults, site, environment }: { defaults?: unknown; site?: unknown; environment?: unknown },
  data: readonly unknown[] = [],
): Folder {
  const feeds = [{ listener: "east", channels: ["adt-in", "rest-in"] }];
  folder?.remove();
  folder = smallFolder({
    "integration.yaml": stringify({
      title: "App",
      scopes: ["system/Observation.rs"],
      flowsheets,
      data,
      defaults: { flowsheets: defaults ?? {} },
    }),
    "sites/harbor/site.yaml": stringify({
      title: "Harbor Health",
      timeZone: "America/Chicago",
      flowsheets: site ?? {},
      environments: { nonproduction: { feeds, flowsheets: environment ?? {} } },
    }),
  });
  return folder;
}

const meanings = flowsheetMeanings.parse(flowsheets);

/** The layers of an environment, the lowest first, by what each says of flowsheets. */
function layersSaying(said: readonly unknown[]) {
  const [ofAll, ofSite, ofEnvironment] = said.map((each) =>
    each === undefined ? {} : { flowsheets: each },
  );
  const feeds = [{ listener: "east", channels: ["adt-in"] }];
  const site = {
    title: "Harbor Health",
    timeZone: "America/Chicago",
    ...ofSite,
    environments: { nonproduction: { feeds, ...ofEnvironment } },
  };
  const written = new Map<string, unknown>([
    ["integration.yaml", { defaults: ofAll }],
    ["sites/harbor/site.yaml", site],
  ]);
  return layersOf({ written }, { site: "harbor", environment: "nonproduction" });
}

async function siteOf(given: Folder) {
  const site = (await integrationIn(given.path)).sites.get("harbor");
  if (site === undefined) throw new TypeError("there is no such site");
  return site;
}

describe("the rows of a site's flowsheets", () => {
  test("are rows of the code table of OBX-3, whatever case a message writes them in", async () => {
    const { tables } = await siteOf(
      folderWith({ site: { "heart-rate": { rows: ["R HR", "8"] } } }),
    );
    const found = ["r hr", "8", "r temp"].map(
      (local) => codeTables(tables).find("observation-code", local)?.code,
    );
    expect(found).toEqual(["8867-4", "8867-4", undefined]);
  });

  test("come from the highest layer that names any, and are none where that says so", () => {
    const rows = fc.uniqueArray(fc.constantFrom("a1", "b2", "c3", "d4"), { minLength: 1 });
    const said = fc.option(fc.record({ rows, isCharted: fc.boolean() }, { requiredKeys: [] }), {
      nil: undefined,
    });
    fc.assert(
      fc.property(said, said, said, (...said3) => {
        const layers = layersSaying(said3.map((each) => each && { steps: each }));
        const last = said3.findLastIndex((each) => each?.rows !== undefined);
        const isCharted =
          said3.findLast((each) => each?.isCharted !== undefined)?.isCharted ?? true;
        const isSaid = said3.some((each) => each !== undefined);
        const effective = effectiveOf(layers, new Map());
        expect(effective.ok).toBe(!isSaid || !isCharted || last !== -1);
        if (!effective.ok) return;
        const made = withFlowsheets(new Map(), effective.settings.flowsheets, meanings);
        const locals = made.get("observation-code")?.map(({ local }) => local) ?? [];
        expect(locals).toEqual(isCharted ? (said3[last]?.rows ?? []) : []);
        const trees = layers.map(({ settings }) => settings);
        expect(layerOf(trees, ["flowsheets", "steps", "rows"])).toBe(last);
      }),
    );
  });

  test("stand before those of the site's own table, which keeps all others", async () => {
    const given = smallFolder({
      "integration.yaml": stringify({ title: "App", flowsheets }),
      "sites/harbor/site.yaml": `${small["sites/harbor/site.yaml"]}flowsheets: { steps: { rows: [S] } }\n`,
      "sites/harbor/tables/observation-code.csv":
        "local,display,system,code,status,note\nK,Potassium,http://loinc.org,2823-3,mapped,\n",
    });
    folder = given;
    const { tables } = await siteOf(given);
    expect(tables.get("observation-code")?.map(({ local }) => local)).toEqual(["S", "K"]);
  });

  test("are the very same after a reload that did not touch them", async () => {
    const { path } = folderWith({ site: { steps: { rows: ["S"] } } });
    const [memory, quirks] = [new FolderMemory(), new Map()];
    const rows = async () => {
      const loaded = await loadIntegration(path, { memory, quirks });
      return loaded.ok && loaded.integration.sites.get("harbor")?.tables.get("observation-code");
    };
    const first = await rows();
    expect(first).toHaveLength(1);
    expect(await rows()).toBe(first);
  });
});

test("what a flowsheet means in production waits to be approved as any other change there", () => {
  const files = (code: string) =>
    new Map([
      ["integration.yaml", `title: App\nflowsheets: { steps: { title: Steps, code: ${code} } }\n`],
      [
        "sites/harbor/site.yaml",
        `${small["sites/harbor/site.yaml"].replace("nonproduction", "production")}flowsheets: { steps: { rows: [S] } }\n`,
      ],
    ]);
  const [from, to] = [files("55423-8"), files("41950-7")];
  const changes = productionChanges("harbor", { from, to, quirks: new Map() });
  expect(JSON.stringify(changes)).toMatch(/observation-code.*55423-8.*41950-7/u);
});

describe("a data element of a flowsheet", () => {
  const data = [
    { type: "fhir", resource: "Observation", flowsheet: "heart-rate", path: "status" },
    { type: "hl7", message: "ORU", field: "OBX-5", flowsheet: "heart-rate" },
    { type: "hl7", message: "ORU", field: "OBX-5", flowsheet: "steps" },
  ];

  test("is looked for by the codes and rows that the site has", async () => {
    const site = {
      "heart-rate": { rows: ["R HR"], fhir: ["urn:oid:1.2.3|8"] },
      steps: { isCharted: false, rows: ["S"] },
    };
    const { sites, needs } = await integrationIn(folderWith({ site }, data).path);
    const [harbor] = sites.values();
    const found = needs && harbor ? dataAtSite(needs, harbor) : [];
    expect(found).toMatchObject([
      { among: "code=http://loinc.org|8867-4,urn:oid:1.2.3|8" },
      { rows: ["R HR"] },
      { isAbsent: true },
    ]);
  });
});
