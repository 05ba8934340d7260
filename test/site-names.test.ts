import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { filesBelow, root } from "./house/files.ts";

// "Works at site A, breaks at site B": what a site is stands in its folder, and nowhere in code.

describe("what names a site of integrations/three-sites", () => {
  test("stands in no code", () => {
    const code = filesBelow("packages", [".ts", ".tsx", ".mjs"]).filter(({ path }) =>
      /^packages\/[^/]+\/[^/]+\/(?:src|bin)\//u.test(path),
    );
    expect(code.length).toBeGreaterThan(500);
    const words = siteWords();
    expect(words.length).toBeGreaterThan(12);
    expect(code.flatMap(({ path, text }) => mentions(words, path, text))).toEqual([]);
  });

  test("would be found there", () => {
    const words = siteWords();
    for (const text of ['site === "saltmarsh"', "ABH", "urn:oid:1.2.840.114350.1.13.503.3.7.2"]) {
      expect(mentions(words, "a.ts", text)).toEqual([expect.stringContaining("a.ts:1")]);
    }
  });
});

function mentions(words: readonly string[], path: string, text: string): readonly string[] {
  return text.split("\n").flatMap((line, index) => {
    const found = words.filter((word) => line.toLowerCase().includes(word.toLowerCase()));
    return found.map((word) => `${path}:${index + 1} ${word}`);
  });
}

/** Folder, name, sending facility, client and root of numbers of each site. */
function siteWords(): readonly string[] {
  const folder = join(root, "integrations/three-sites/sites");
  return readdirSync(folder).flatMap((name) => {
    const [file] = filesBelow(`integrations/three-sites/sites/${name}`, ["site.yaml"]);
    const site = parse(file?.text ?? "") as SiteFile;
    const { feeds, fhir } = site.environments.nonproduction;
    const numbers = /^urn:oid:(?<root>(?:\d+\.){8})/u.exec(site.identifiers.medicalRecordNumber);
    return [
      name,
      site.title,
      fhir.clientId,
      numbers?.groups?.["root"] ?? "",
      ...feeds.flatMap(({ sendingFacilities }) => sendingFacilities),
    ];
  });
}

interface SiteFile {
  readonly title: string;
  readonly identifiers: { readonly medicalRecordNumber: string };
  readonly environments: {
    readonly nonproduction: {
      readonly feeds: readonly { readonly sendingFacilities: readonly string[] }[];
      readonly fhir: { readonly clientId: string };
    };
  };
}
