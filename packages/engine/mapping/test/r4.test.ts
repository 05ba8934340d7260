import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { reveal } from "@trestle/base";
import type { Bundle } from "@trestle/fhir";
import { decodeMessage, parseMessage } from "@trestle/hl7v2";
import { describe, expect, test } from "vitest";
import { type MappingSite, codeTables, createMapper } from "../src/index.ts";
import { cases, read } from "./cases.ts";
import { lakeshore, tablesIn } from "./lakeshore.ts";
import { r4Problems } from "./r4.ts";

const mapper = createMapper();
const sample = new URL("../../../../integrations/sample/", import.meta.url).pathname;
const corpora = new URL("../../../../../shared/corpora/hl7/", import.meta.url).pathname;
const hasCorpora = existsSync(corpora);

if (!hasCorpora) {
  process.stdout.write("skipped: the messages under ../shared/corpora/hl7 are not here\n");
}

describe("a mapped bundle is valid R4", () => {
  test.each(cases)("for the case $name", ({ message }) => {
    expect(r4Problems(reveal(mapper.map(message, lakeshore).bundle))).toEqual([]);
  });

  test.each(readdirSync(join(sample, "messages")))("for the sample %s", (file) => {
    const tables = codeTables(tablesIn(join(sample, "sites", "lakeshore", "tables")));
    const message = read(readFileSync(join(sample, "messages", file), "utf8"));
    const { bundle, outcome } = mapper.map(message, { ...lakeshore, tables });
    expect(outcome).not.toBe("notMapped");
    expect(r4Problems(reveal(bundle))).toEqual([]);
  });

  test.skipIf(!hasCorpora)("or nothing, for each message of the corpora", () => {
    const site: MappingSite = { ...lakeshore, tables: codeTables(new Map()) };
    const texts = corporaFiles().flatMap(messagesIn);
    expect(texts.length).toBeGreaterThan(300);
    const faults = texts.flatMap(({ name, text }) => {
      const parsed = parseMessage(text);
      if (!parsed.ok) return [];
      const { bundle, outcome, warnings } = mapper.map(parsed.value, site);
      const isSilent = outcome === "notMapped" && warnings.length === 0;
      const problems = isSilent ? ["neither mapped nor warned"] : r4Problems(reveal(bundle));
      return problems.map((problem) => `${name}: ${problem}`);
    });
    expect(faults).toEqual([]);
  });
});

describe("the proof of it can fail", () => {
  test.each([
    { fault: "no code", resource: { resourceType: "Observation", status: "final" } },
    { fault: "no such element", resource: { resourceType: "Patient", sex: "male" } },
    { fault: "a text for a number", resource: observation({ valueQuantity: { value: "5" } }) },
    { fault: "a date that is none", resource: { resourceType: "Patient", birthDate: "1980-1-5" } },
    { fault: "a status that is none", resource: observation({ status: "done" }) },
    {
      fault: "a use that is none",
      resource: { resourceType: "Patient", name: [{ use: "legal" }] },
    },
    {
      fault: "a comparator that is none",
      resource: observation({ valueQuantity: { comparator: "=" } }),
    },
    { fault: "a loose end", resource: observation({ subject: { reference: "urn:uuid:1" } }) },
  ])("on $fault", ({ resource }) => {
    const entry = [{ fullUrl: "urn:uuid:0", resource }];
    const bundle = { resourceType: "Bundle", type: "collection", entry } as unknown as Bundle;
    expect(r4Problems(bundle)).toHaveLength(1);
  });

  test("and passes what is valid", () => {
    const resource = observation({ valueQuantity: { value: 5, comparator: "<" } });
    const entry = [{ fullUrl: "urn:uuid:0", resource }];
    const bundle = { resourceType: "Bundle", type: "collection", entry } as unknown as Bundle;
    expect(r4Problems(bundle)).toEqual([]);
  });

  function observation(elements: object): object {
    return { resourceType: "Observation", status: "final", code: { text: "x" }, ...elements };
  }
});

function corporaFiles(): readonly string[] {
  const names = readdirSync(corpora, { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".hl7"));
}

/** A file may hold many; each begins with MSH at the start of a line. */
function messagesIn(name: string): readonly { readonly name: string; readonly text: string }[] {
  const decoded = decodeMessage(readFileSync(join(corpora, name)));
  if (!decoded.ok) return [];
  const texts = decoded.value.text.split(/(?<=[\r\n])(?=MSH[^\w\s])/u);
  return texts.map((text, index) => ({ name: `${name}[${index}]`, text }));
}
