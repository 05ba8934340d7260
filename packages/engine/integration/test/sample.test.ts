import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { mappingSiteOf } from "../src/mapping.ts";
import { integrationIn, printedProblemsIn } from "./folder.ts";

const sample = join(import.meta.dirname, "../../../../integrations/sample");

describe("the sample integration", () => {
  test("has no problems", async () => {
    expect(await printedProblemsIn(sample)).toBe("");
  });

  test("takes every family of messages on one listener", async () => {
    const { channels, sites } = await integrationIn(sample);
    const accepted = [...channels.values()].flatMap(({ accepts }) => accepts);
    expect(accepted).toEqual(
      expect.arrayContaining(["ADT", "SIU", "ORM", "ORU", "MDM", "RAS", "*"]),
    );
    expect(new Set(sites.get("lakeshore")?.feeds.flatMap((feed) => feed.channels))).toEqual(
      new Set(channels.keys()),
    );
  });

  test("maps what the sandbox sends but the codes its page names", async () => {
    const site = (await integrationIn(sample)).sites.get("lakeshore");
    const tables = site && mappingSiteOf(site).tables;
    const page = readFileSync(join(sample, "README.md"), "utf8");
    for (const local of ["IPF", "T4I"]) {
      expect(tables?.find("observation-code", local)).toBeUndefined();
      expect(page).toContain(`\`${local}\``);
    }
    for (const local of ["LAB294", "LAB15", "LAB293", "LAB18", "LAB747", "LAB129", "BP", "TEMP"]) {
      expect(tables?.find("observation-code", local)?.system).toBe("http://loinc.org");
    }
  });
});
