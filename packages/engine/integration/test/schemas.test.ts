import { glob, readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { Ajv } from "ajv";
import * as formats from "ajv-formats";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { fileKinds } from "../src/file-kinds.ts";
import { schemaFiles, withSchemaLine, writeSchemas } from "../src/index.ts";
import { type Folder, printedProblemsIn, small, smallFolder, writeFiles } from "./folder.ts";

// What editors are told, judged by a validator that knows nothing of the schemas' origin.

const sample = join(import.meta.dirname, "../../../../integrations/sample");

const ajv = new Ajv({ strict: true, allErrors: true, strictTypes: false });
formats.default.default(ajv);
const validators = new Map(
  [...schemaFiles()].map(([path, text]) => [path, ajv.compile(JSON.parse(text) as object)]),
);

/** Where a text is wrong by the schema that its first line names, and how. */
function wrongIn(text: string, path: string): readonly string[] {
  const named = withSchemaLine(text, path) ?? text;
  const line = /^# yaml-language-server: \$schema=(?<to>\S+)$/mu.exec(named);
  const schema = normalize(join(dirname(path), line?.groups?.["to"] ?? "none"));
  const validate = validators.get(schema);
  if (validate === undefined) throw new TypeError(`${path} has no schema ${schema}`);
  if (validate(parse(named) ?? {})) return [];
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

async function yamlFilesOf(folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const path of glob("**/*.yaml", { cwd: folder })) paths.push(path);
  return paths.toSorted();
}

describe("the schemas", () => {
  test("take every YAML file of the sample", async () => {
    const paths = await yamlFilesOf(sample);
    expect(paths.length).toBeGreaterThan(12);
    for (const path of paths) {
      expect([path, wrongIn(await readFile(join(sample, path), "utf8"), path)]).toEqual([path, []]);
    }
  });

  test.each(fileKinds)(
    "of $title take its examples, and each with its schema's name too",
    ({ name }) => {
      const text = schemaFiles().get(`.trestle/schemas/${name}.json`) ?? "";
      const schema = JSON.parse(text) as Examples & { readonly oneOf?: readonly Examples[] };
      const examples = [schema, ...(schema.oneOf ?? [])].flatMap((one) => one.examples ?? []);
      expect(examples.length).toBeGreaterThan(0);
      const validate = validators.get(`.trestle/schemas/${name}.json`);
      for (const example of examples) {
        expect([validate?.(example), validate?.({ $schema: "x.json", ...example })]).toEqual([
          true,
          true,
        ]);
      }
    },
  );

  test.each([
    { path: "channels/a.yaml", text: "title: A\nrouts: []\n", says: " additionalProperties" },
    { path: "channels/a.yaml", text: "title: A\n", says: " required" },
    { path: "destinations/a.yaml", text: "type: webhok\nurl: http://a/\n", says: "/type const" },
    { path: "trestle.yaml", text: "listeners: { a: { port: 70000 } }\n", says: "maximum" },
    { path: "trestle.yaml", text: "listeners: { A: {} }\n", says: "propertyNames" },
    { path: "sites/a/site.yaml", text: "title: ''\n", says: "/title minLength" },
    { path: "sites/a/overlay.yaml", text: "maps: { patient: [] }\n", says: "minItems" },
    { path: "sites/a/profile.yaml", text: "tables: { X: {} }\n", says: "propertyNames" },
    { path: "sites/a/cases/c.yaml", text: "given: ../a.hl7\n", says: "/given pattern" },
    { path: "integration.yaml", text: "title: A\ntoken: sesame-sesame\n", says: "/token pattern" },
    { path: "integration.yaml", text: "title: 5\n", says: "/title type" },
  ])("refuse $text in $path", ({ path, text, says }) => {
    expect(wrongIn(text, path).join("\n")).toContain(says);
  });

  test("describe every key, and say what is meant where a key is left out", () => {
    const text = schemaFiles().get(".trestle/schemas/site.json") ?? "";
    expect(JSON.parse(text)).toMatchObject({
      $schema: "http://json-schema.org/draft-07/schema#",
      title: "sites/NAME/site.yaml",
      properties: {
        timeZone: { description: expect.stringContaining("IANA") },
        environments: {
          properties: { production: { properties: { fhir: { properties: fhirDialect } } } },
        },
      },
    });
  });
});

interface Examples {
  readonly examples?: readonly object[];
}

const fhirDialect = { dialect: { default: "standard", description: expect.stringMatching(/\S/u) } };

describe("in a folder", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = smallFolder();
  });
  afterEach(() => folder.remove());

  const read = (path: string) => readFile(join(folder.path, path), "utf8");

  test("schemas are written and nothing else, and the folder still loads", async () => {
    const written = await writeSchemas(folder.path);
    expect(written.schemas).toEqual([...schemaFiles().keys()]);
    expect(written.linesAdded).toEqual([]);
    expect(written.withoutLine).toEqual(await yamlFilesOf(folder.path));
    expect(await read(".trestle/schemas/site.json")).toContain('"timeZone"');
    expect(await read("trestle.yaml")).toBe(small["trestle.yaml"]);
    expect(await printedProblemsIn(folder.path)).toBe("");
  });

  test("each YAML file gets its line once, and keeps the rest byte by byte", async () => {
    writeFiles(folder.path, {
      "channels/adt-in.yaml": `\uFEFF${small["channels/adt-in.yaml"].replaceAll("\n", "\r\n")}`,
      "sites/harbor/site.yaml": `$schema: ./own.json\n${small["sites/harbor/site.yaml"]}`,
    });
    const first = await writeSchemas(folder.path, { addsLines: true });
    expect(first.linesAdded).not.toContain("sites/harbor/site.yaml");
    expect(first.linesAdded).toContain("channels/adt-in.yaml");
    const line = "# yaml-language-server: $schema=../.trestle/schemas/channel.json";
    expect(await read("channels/rest-in.yaml")).toBe(`${line}\n${small["channels/rest-in.yaml"]}`);
    expect((await read("channels/adt-in.yaml")).startsWith(`\uFEFF${line}\r\ntitle:`)).toBe(true);
    expect(await writeSchemas(folder.path, { addsLines: true })).toMatchObject({ linesAdded: [] });
    expect(await printedProblemsIn(folder.path)).toBe("");
  });

  test("the key $schema configures nothing, and must be text at the top", async () => {
    const site = small["sites/harbor/site.yaml"];
    writeFiles(folder.path, { "sites/harbor/site.yaml": `${site}$schema: ./site.json\n` });
    expect(await printedProblemsIn(folder.path)).toBe("");
    writeFiles(folder.path, {
      "sites/harbor/site.yaml": `$schema: 5\n${site}`,
      "trestle.yaml": `${small["trestle.yaml"]}http:\n  $schema: ./a.json\n`,
    });
    const problems = await printedProblemsIn(folder.path);
    expect(problems).toMatch(/^sites\/harbor\/site\.yaml:1:1 {2}There is no key “\$schema” here/mu);
    expect(problems).toMatch(/^trestle\.yaml:7:3 {2}There is no key “\$schema” here/mu);
  });
});
