import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FolderMemory, type Loaded, loadIntegration } from "../src/index.ts";
import { type Files, small, smallFolder, writeFiles } from "./folder.ts";

// A folder that is read many times, of which each time only what changed is read.

/** Good and bad edits, each way of a file as likely as the others. */
const edits: readonly Files[] = [
  {},
  { "sites/harbor/tables/observation-code.csv": table("718-7") },
  { "sites/harbor/tables/observation-code.csv": table("4548-4") },
  { "sites/harbor/tables/observation-code.csv": table("4548-5") },
  { "sites/harbor/tables/observation-code.csv": null },
  { "sites/harbor/overlay.yaml": "transforms: [none]\n" },
  { "sites/harbor/overlay.yaml": null },
  { "sites/harbor/site.yaml": small["sites/harbor/site.yaml"].replace("title: H", "title: O") },
  { "sites/harbor/site.yaml": small["sites/harbor/site.yaml"] },
  { "integration.yaml": "title: App\ndefaults:\n  identifiers:\n    visitNumber: urn:oid:1.2.3\n" },
  { "integration.yaml": null },
];

test("a folder that is read again says what it would say to who never read it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...edits), { maxLength: 6, minLength: 3 }),
      async (all) => {
        const folder = smallFolder();
        const memory = new FolderMemory();
        for (const files of all) {
          writeFiles(folder.path, files);
          const again = await loadIntegration(folder.path, { memory });
          expect(said(again)).toEqual(said(await loadIntegration(folder.path)));
        }
        folder.remove();
      },
    ),
    { numRuns: 4 },
  );
});

test("what stays is the very same, so that others see at once that it does", async () => {
  const folder = smallFolder({ "sites/harbor/tables/observation-code.csv": table("718-7") });
  const memory = new FolderMemory();
  const tablesOf = async () => {
    const loaded = await loadIntegration(folder.path, { memory });
    return loaded.ok ? loaded.integration.sites.get("harbor")?.tables : undefined;
  };
  const before = await tablesOf();
  writeFiles(folder.path, { "integration.yaml": "title: App\n" });
  const after = await tablesOf();
  expect(after?.get("observation-code")).toBe(before?.get("observation-code"));
  folder.remove();
});

function table(loinc: string): string {
  return `local,display,system,code,status,note\nHGB,Hemoglobin,http://loinc.org,${loinc},mapped,\n`;
}

function said(loaded: Loaded) {
  if (!loaded.ok) return loaded.problems;
  const { directory: _, transforms: __, ...integration } = loaded.integration;
  return integration;
}
