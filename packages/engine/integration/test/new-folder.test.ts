import { join } from "node:path";
import { temporaryFolder } from "@trestle/testkit";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { type Answers, newFolder } from "../src/index.ts";
import { integrationIn, writeFiles } from "./folder.ts";

const answers: Answers = {
  title: "Discharge planner",
  webhook: "http://127.0.0.1:9/results",
  siteTitle: "Harbor Health",
  site: "harbor",
  timeZone: "America/Chicago",
  listenerPort: 2600,
  httpPort: 8100,
  dialect: "standard",
};

async function loaded(given: Answers) {
  const folder = temporaryFolder();
  try {
    writeFiles(folder.path, Object.fromEntries(newFolder(given)));
    return await integrationIn(folder.path);
  } finally {
    folder.remove();
  }
}

test("a new folder loads without problems and says what was answered", async () => {
  const { settings, needs, channels, destinations, sites } = await loaded(answers);
  expect(settings.http.port).toBe(8100);
  expect(settings.listeners["hospital"]).toMatchObject({ host: "127.0.0.1", port: 2600 });
  expect(needs).toMatchObject({ title: "Discharge planner", scopes: [] });
  expect([...channels.keys()]).toEqual(["adt-in", "other-in", "results-in"]);
  expect(destinations.get("application")).toMatchObject({ url: answers.webhook });
  expect(sites.get("harbor")).toMatchObject({
    title: "Harbor Health",
    timeZone: "America/Chicago",
    environment: "nonproduction",
    fhir: undefined,
  });
});

test("with a FHIR server the site has it, and the application asks for a first scope", async () => {
  const fhir = { fhirBase: "https://fhir.harbor.example/R4", clientId: "a: b #c" };
  const { needs, sites } = await loaded({ ...answers, ...fhir, dialect: "athenahealth" });
  expect(needs?.scopes).toEqual(["system/Patient.rs"]);
  expect(sites.get("harbor")?.fhir).toMatchObject({
    baseUrl: fhir.fhirBase,
    clientId: fhir.clientId,
    dialect: "athenahealth",
  });
});

test("whatever a title holds, it is read as it was answered", async () => {
  const text = fc.oneof(
    fc.string({ minLength: 1, unit: "binary" }),
    fc.string({ minLength: 1 }),
    fc.constantFrom("yes", "null", "1.5", "a: b", "# c", "- d", "*", "'", '"', "a\n---\nb", "é|ü"),
  );
  await loaded({ ...answers, title: "a: b #c\n---\n*", siteTitle: "'\"|\u2028\u0000" });
  const titleIn = (text = "") => (parse(text) as { readonly title: unknown }).title;
  fc.assert(
    fc.property(text, text, (title, siteTitle) => {
      const files = newFolder({ ...answers, title, siteTitle });
      const read = ["integration.yaml", "sites/harbor/site.yaml"].map((path) => files.get(path));
      expect(read.map(titleIn)).toEqual([title, siteTitle]);
    }),
  );
});

test("each YAML file begins with the name of a schema that the folder has, and is explained", () => {
  const files = newFolder(answers);
  const yaml = [...files].filter(([path]) => path.endsWith(".yaml"));
  expect(yaml).toHaveLength(9);
  for (const [path, text] of yaml) {
    const [line = "", ...rest] = text.split("\n");
    const [, named = ""] = line.split("# yaml-language-server: $schema=");
    expect(files.has(join(path, "..", named))).toBe(true);
    expect(rest.join("\n")).toMatch(/^# \S/mu);
    expect(() => parse(text) as unknown).not.toThrow();
  }
});
