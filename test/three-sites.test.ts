import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { printProblems } from "@trestle/config";
import { knownQuirks } from "@trestle/hub/quirks";
import { type Site, loadIntegration } from "@trestle/integration";
import { root } from "./house/files.ts";

const folder = join(root, "integrations/three-sites");
const loaded = await loadIntegration(folder, { quirks: await knownQuirks() });
const names = ["alderbrook", "saltmarsh", "tallgrass"];

describe("the integration of three sites", () => {
  test("has no problems", () => {
    expect(loaded.ok ? "" : printProblems(loaded.problems)).toBe("");
  });

  test("has sites that differ in all that varies from hospital to hospital", () => {
    const sites = loaded.ok ? loaded.integration.sites : new Map<string, Site>();
    const all = names.flatMap((name) => sites.get(name) ?? []);
    const each = {
      timeZone: all.map(({ timeZone }) => timeZone),
      facility: all.map(({ feeds }) => feeds[0]?.sendingFacilities.join()),
      baseUrl: all.map(({ fhir }) => fhir?.baseUrl),
      clientId: all.map(({ fhir }) => fhir?.clientId),
      numbers: all.map(({ tables }) => tables.get("identifiers")?.map(({ system }) => system)),
      potassium: all.map(({ tables }) => localOf(tables, "observation-code", "2823-3")),
      pulse: all.map(({ tables }) => localOf(tables, "observation-code", "8867-4")),
      stay: all.map(({ tables }) => localOf(tables, "patient-class", "IMP")),
      milligrams: all.map(({ tables }) => localOf(tables, "units", "mg/dL")),
      header: names.map((name) => headerOf(name)),
    };
    for (const [what, values] of Object.entries(each)) {
      const different = new Set(values.map((value) => JSON.stringify(value)));
      expect(different.size, what).toBe(3);
    }
  });

  test.each(["admission", "metabolic-panel", "vital-signs"])(
    "has one meaning of the same %s at all three",
    (name) => {
      const [first, ...others] = names.map((site) => meaningOf(site, name));
      expect(first?.codes.length).toBeGreaterThan(3);
      for (const other of others) expect(other).toEqual(first);
    },
  );
});

type Tables = ReadonlyMap<string, readonly { readonly local: string; readonly code: string }[]>;

/** The site's own word for a standard code; none where it needs no row. */
function localOf(tables: Tables, table: string, code: string): string | undefined {
  return tables.get(table)?.find((row) => row.code === code)?.local;
}

function headerOf(site: string): string {
  const text = readFileSync(join(folder, `sites/${site}/cases/metabolic-panel.hl7`), "latin1");
  const fields = text.slice(0, text.indexOf("\r")).split("|");
  return [fields[11], fields[17]].join(" ");
}

/** What a case gives, without what names the hospital: standard codes, values, and where they stand. */
function meaningOf(site: string, name: string) {
  const file = join(folder, `sites/${site}/cases/${name}.json`);
  const bundle: unknown = JSON.parse(readFileSync(file, "utf8"));
  const leaves = leavesOf(bundle);
  return {
    shape: [...new Set(leaves.map(({ path }) => path))].toSorted(),
    codes: leaves
      .filter(({ system }) => standard.some((each) => system?.startsWith(each)))
      .map(({ path, value }) => `${path} ${String(value)}`)
      .filter((text) => /\.(?:code|value) /u.test(text)),
    values: leaves
      .filter(({ path }) => /valueQuantity\.value$|valueString$/u.test(path))
      .map(({ value }) => value),
  };
}

interface Leaf {
  readonly path: string;
  readonly value: unknown;
  /** Beside it, where it is a code. */
  readonly system: string | undefined;
}

/** Repeated items have one path; what only a site's own code adds to a concept has none. */
function leavesOf(value: unknown, path = "", system?: string): readonly Leaf[] {
  if (Array.isArray(value)) {
    return value.filter(isShared).flatMap((item) => leavesOf(item, path));
  }
  if (typeof value !== "object" || value === null) return [{ path, value, system }];
  const own = "system" in value && typeof value.system === "string" ? value.system : undefined;
  const type = "resourceType" in value ? String(value.resourceType) : "";
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, `${path}${type}.${key}`, own),
  );
}

function isShared(item: unknown): boolean {
  if (typeof item !== "object" || item === null || !("system" in item)) return true;
  return !String(item.system).includes(".example/codes/");
}

const standard = [
  "http://loinc.org",
  "http://unitsofmeasure.org",
  "http://terminology.hl7.org",
  "http://hl7.org",
];
