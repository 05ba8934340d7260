import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type IntegrationFolder, integrationFolder } from "./support/integration-folder.ts";
import { rowsOf, runHere, trestle } from "./support/run-trestle.ts";

const header = "local,display,system,code,status,note\n";
const harbor = "sites/harbor/site.yaml";
const table = "sites/harbor/tables/observation-code.csv";

let folder: IntegrationFolder;
beforeEach(() => {
  folder = integrationFolder();
  folder.write("integration.yaml", defaults);
  folder.write(harbor, site);
});
afterEach(() => folder.remove());

const defaults = `title: App
token: env:APP_TOKEN
defaults:
  timeZone: America/New_York
  holidays: { 2026-12-25: Christmas }
  fhir:
    maxConcurrent: 4
    budget: { peakRequestsPerHour: 100, offPeakRequestsPerHour: 900 }
`;

const site = `title: Harbor Health
holidays: { 2026-07-04: Independence Day }
fhir:
  dialect: standard
  budget: { timeZone: America/Chicago }
quirks:
  totals-of-the-page: { seen: 2026-03-02, evidence: A search of 1200 results }
environments:
  nonproduction:
    feeds: [{ listener: hospital, channels: [all-in], sendingFacilities: [HT] }]
  production:
    label: HARPRD
    feeds: [{ listener: hospital, channels: [all-in] }]
    quirks: { totals-of-the-page: { isPresent: false } }
    fhir:
      baseUrl: https://fhir.harbor.example/R4
      clientId: prd
      maxConcurrent: 2
      budget: { peakRequestsPerHour: 50 }
`;

function ask(verb: string, ...words: readonly string[]) {
  return runHere(["site", verb, ...words, "--config", folder.path]);
}

/** The value and the place of each path. */
async function shown(...words: readonly string[]): Promise<Record<string, unknown>> {
  const rows = rowsOf(await ask("show", "harbor", "--json", ...words));
  return Object.fromEntries(rows.map(({ path, value, place }) => [path, [value, place]]));
}

describe("site show", () => {
  test("takes each setting from the last layer that set it, and names file and line", async () => {
    expect(await shown()).toEqual({
      title: ["Harbor Health", `${harbor}:1`],
      label: ["HARPRD", `${harbor}:12`],
      timeZone: ["America/New_York", "integration.yaml:4"],
      "holidays.2026-12-25": ["Christmas", "integration.yaml:5"],
      "holidays.2026-07-04": ["Independence Day", `${harbor}:2`],
      "quirks.totals-of-the-page.seen": ["2026-03-02", `${harbor}:7`],
      "quirks.totals-of-the-page.evidence": ["A search of 1200 results", `${harbor}:7`],
      "quirks.totals-of-the-page.isPresent": [false, `${harbor}:14`],
      "fhir.baseUrl": ["https://fhir.harbor.example/R4", `${harbor}:16`],
      "fhir.clientId": ["prd", `${harbor}:17`],
      "fhir.dialect": ["standard", `${harbor}:4`],
      "fhir.maxConcurrent": [2, `${harbor}:18`],
      "fhir.budget.timeZone": ["America/Chicago", `${harbor}:5`],
      "fhir.budget.peakRequestsPerHour": [50, `${harbor}:19`],
      "fhir.budget.offPeakRequestsPerHour": [900, "integration.yaml:8"],
      "feeds[0].listener": ["hospital", `${harbor}:13`],
      "feeds[0].channels": [["all-in"], `${harbor}:13`],
    });
  });

  test("adds the product's defaults, and the effect that the catalogue tells, where asked", async () => {
    const all = await shown("--effective");
    expect(all["fhir.retry.maxAttempts"]).toEqual([4, "default"]);
    expect(all["feeds[0].sendingFacilities"]).toEqual([[], "default"]);
    expect(all["quirks.totals-of-the-page.effect"]).toEqual([expect.any(String), "default"]);
  });

  test("knows environments apart; one that says nothing of FHIR has none of it", async () => {
    const test = await shown("--environment", "nonproduction", "--effective");
    expect(test["title"]).toEqual(["Harbor Health", `${harbor}:1`]);
    expect(test["quirks.totals-of-the-page.isPresent"]).toEqual([true, "default"]);
    expect(Object.keys(test).filter((path) => path.startsWith("fhir"))).toEqual([]);
  });

  test("prints a setting a line, with the place where asked, in a process of its own", async () => {
    const words = ["site", "show", "harbor", "--config", folder.path];
    const plain = await trestle(words);
    expect(plain.output).toContain("\nfhir.maxConcurrent = 2\n");
    expect(plain.output).not.toContain("env:APP_TOKEN");
    const why = await trestle([...words, "--why", "--effective"]);
    expect(why.output).toContain(`\nfhir.maxConcurrent = 2  (${harbor}:18)\n`);
    expect(why.output).toContain("\nfhir.maxQueued = 1000  (default)\n");
    expect([plain.code, why.code]).toEqual([0, 0]);
  });

  test("tells what no layer says, at the layer that says most", async () => {
    folder.write("integration.yaml", defaults.replace("offPeakRequestsPerHour: 900", ""));
    const { code, errors } = await ask("show", "harbor");
    expect(errors).toContain(`${harbor}:19:7  “fhir.budget.offPeakRequestsPerHour” is missing.`);
    expect(code).toBe(3);
  });

  test.each([
    { words: ["harbour"], says: "has no site “harbour”." },
    { words: ["harbor", "--environment", "test"], says: "production, nonproduction" },
    { words: [], says: "name a site" },
  ])("$words is wrong usage", async ({ words, says }) => {
    const { code, errors } = await ask("show", ...words);
    expect(errors).toContain(says);
    expect(code).toBe(2);
  });
});

describe("site diff", () => {
  const other = site
    .replace("maxConcurrent: 2", "maxConcurrent: 4")
    .replace("title: Harbor Health", "title: Delta Clinics");
  beforeEach(() => {
    folder.write(table, `${header}NA,Sodium,http://loinc.org,2951-2,mapped,\nK,,u:k,1,mapped,\n`);
    folder.write("sites/delta/site.yaml", other);
    folder.write(
      "sites/delta/tables/observation-code.csv",
      `${header}NA,Sodium,http://loinc.org,2951-2,mapped,Looked at\nCL,,u:k,2,mapped,\n`,
    );
    folder.write("sites/delta/overlay.yaml", "transforms: [trim]\n");
  });

  test("tells each path that differs with both values and places, and each row", async () => {
    const result = await ask("diff", "harbor", "delta", "--json");
    const sodium = { local: "NA", note: "", code: "2951-2" };
    expect(rowsOf(result)).toMatchObject([
      { path: "title", a: { value: "Harbor Health" }, b: { value: "Delta Clinics" } },
      {
        kind: "setting",
        path: "fhir.maxConcurrent",
        a: { value: 2, place: `${harbor}:18` },
        b: { value: 4, place: "sites/delta/site.yaml:18" },
      },
      { path: "overlay.transforms", b: { place: "sites/delta/overlay.yaml:1" } },
      { kind: "row", table: "observation-code", change: "changed", local: "NA", a: sodium },
      { change: "removed", local: "K" },
      { change: "added", local: "CL" },
    ]);
    expect(result.code).toBe(3);
  });

  test("ends with 0 where nothing differs", async () => {
    const { code, output, errors } = await ask("diff", "harbor", "harbor");
    expect([code, output]).toEqual([0, ""]);
    expect(errors).toContain("0 differences from harbor:production (-) to harbor:production (+).");
  });

  test("compares the environments of a site, and says so in words", async () => {
    const { code, output } = await ask("diff", "harbor:nonproduction", "harbor:production");
    expect(output).toContain(`label\n  + HARPRD  (${harbor}:12)\n`);
    expect(output).toContain(`fhir.baseUrl\n  + https://fhir.harbor.example/R4  (${harbor}:16)\n`);
    expect(code).toBe(3);
  });

  test.each([
    { words: ["harbor"], says: "name a second site" },
    { words: ["harbor", "harbor:test"], says: "“test” is neither production nor nonproduction" },
    { words: ["harbor", ":production"], says: "is not SITE" },
  ])("$words is wrong usage", async ({ words, says }) => {
    const { code, errors } = await ask("diff", ...words);
    expect(errors).toContain(says);
    expect(code).toBe(2);
  });

  describe("in a repository", () => {
    beforeEach(() => {
      git("init", "--quiet", "--initial-branch", "main");
      commit("one");
      git("tag", "first");
    });

    test("reads a revision from git and leaves the folder as it is", async () => {
      folder.write(harbor, site.replace("maxConcurrent: 2", "maxConcurrent: 3"));
      commit("two");
      folder.write(table, `${header}NA,Sodium,http://loinc.org,2951-2,mapped,\n`);
      const since = await ask("diff", "harbor@first", "harbor@main", "--json");
      expect(rowsOf(since)).toMatchObject([
        { path: "fhir.maxConcurrent", a: { value: 2 }, b: { value: 3 } },
      ]);
      const open = await ask("diff", "harbor:production@HEAD", "harbor:production", "--json");
      expect(rowsOf(open)).toMatchObject([{ kind: "row", change: "removed", local: "K" }]);
      expect(git("status", "--porcelain")).toBe(` M integration/${table}\n`);
    });

    test("reads a site that is not in the folder any more, but was", async () => {
      git("rm", "--quiet", "-r", "integration/sites/delta");
      const { code, output } = await ask("diff", "delta@first", "harbor");
      expect(output).toContain("fhir.maxConcurrent");
      expect(code).toBe(3);
    });

    test.each(["nope", "--all", "h-0123456789ab"])("has no revision %s", async (revision) => {
      const { code, errors } = await ask("diff", `harbor@${revision}`, "harbor");
      expect(errors).toContain("has no such revision");
      expect(code).toBe(3);
    });

    test("tells the problems that a revision has", async () => {
      folder.write(harbor, `${site}holliday: {}\n`);
      commit("broken");
      folder.write(harbor, site);
      const { code, errors } = await ask("diff", "harbor@HEAD", "harbor");
      expect(errors).toContain(`${harbor}:20:1  There is no key “holliday” here.`);
      expect(code).toBe(3);
    });
  });

  test("has no revisions outside of a repository", async () => {
    const { code, errors } = await ask("diff", "harbor@HEAD", "harbor");
    expect(errors).toContain("or the folder is in none");
    expect(code).toBe(3);
  });
});

/** The repository is the folder around the integration, as it often is. */
function git(...words: readonly string[]): string {
  const who = ["-c", "user.name=Ada Beam", "-c", "user.email=ada@harbor.example"];
  const options = { encoding: "utf8" } as const;
  return execFileSync("git", ["-C", `${folder.path}/..`, ...who, ...words], options);
}

function commit(message: string): void {
  git("add", "--all");
  git("commit", "--quiet", "--no-gpg-sign", "-m", message);
}
