import { afterEach, describe, expect, test } from "vitest";
import { type Folder, integrationIn, problemsIn, smallFolder } from "./folder.ts";

let folder: Folder | undefined;
afterEach(() => folder?.remove());

const file = "integration.yaml";

describe("what an application needs is a problem at its place where", () => {
  test.each([
    { what: "it has no title", yaml: "scopes: []\n", at: "1:1 config." },
    {
      what: "a scope cannot be read",
      yaml: "title: App\nscopes: [system/Patient.rs, Patient]\n",
      at: "2:29 integration.badScope",
    },
    {
      what: "a scope is for writing",
      yaml: "title: App\nscopes: [system/Observation.cud]\n",
      at: "2:10 integration.badScope",
    },
    {
      what: "a scope is for who is in a launch",
      yaml: "title: App\nscopes: [patient/Patient.rs]\n",
      at: "2:10 integration.badScope",
    },
    ...["Condition.rs?clinicalStatus=active", "Observation.rs?date=2026", "*.rs?category=a"].map(
      (scope) => ({
        what: `nothing can match ${scope}`,
        yaml: `title: App\nscopes: ["system/${scope}"]\n`,
        at: "2:10 integration.badScopeQuery",
      }),
    ),
    {
      what: "two scopes stand in one",
      yaml: "title: App\nscopes: [system/Patient.rs system/Observation.rs]\n",
      at: "2:10 integration.badScope",
    },
    {
      what: "a type is none",
      yaml: "title: App\nelements: { Pateint: [name] }\n",
      at: "2:13 integration.unknownType",
    },
    {
      what: "an element is none",
      yaml: "title: App\nelements: { Patient: [name, birthdate] }\n",
      at: "2:29 integration.unknownElement",
    },
    {
      what: "a token stands there itself",
      yaml: "title: App\ntoken: abcdef\n",
      at: "2:8 config.",
    },
  ])("$what", async ({ yaml, at }) => {
    folder = smallFolder({ [file]: yaml });
    const [first, ...rest] = await problemsIn(folder.path);
    expect(rest).toEqual([]);
    expect(`${first?.file} ${first?.line}:${first?.column} ${first?.code}`).toContain(
      `${file} ${at}`,
    );
  });
});

describe("a data element is a problem at its place where", () => {
  const needs = "title: App\nscopes: [system/Patient.rs]\nelements: { Patient: [name] }\ndata:\n";
  test.each([
    [
      "its type is none",
      "{ type: fhir, resource: Pateint, path: name }",
      "5:29 integration.unknownType",
    ],
    [
      "its path is none",
      "{ type: fhir, resource: Patient, path: name( }",
      "5:44 fhir.pathNotReadable",
    ],
    [
      "R4 has no such element",
      "{ type: fhir, resource: Patient, path: name.famly }",
      "5:44 fhir.noSuchElement",
    ],
    [
      "it does not reach the application",
      "{ type: fhir, resource: Patient, path: birthDate }",
      "5:44 integration.dataNotReached",
    ],
    [
      "no scope covers it",
      "{ type: fhir, resource: Condition, path: code }",
      "5:29 integration.dataNoScope",
    ],
    [
      "nothing is searched so",
      "{ type: fhir, resource: Patient, path: name, among: kind=a }",
      "5:57 integration.unknownParameter",
    ],
    ["a field is none", "{ type: hl7, message: ADT, field: PID13 }", "5:39 config."],
    [
      "a fill rate is a percentage",
      "{ type: hl7, message: ADT, field: PID-13, minFill: 90 }",
      "5:56 config.",
    ],
  ])("%s", async (_, element, at) => {
    folder = smallFolder({ [file]: `${needs}  - ${element}\n` });
    const [first, ...rest] = await problemsIn(folder.path);
    expect(rest).toEqual([]);
    expect(`${first?.line}:${first?.column} ${first?.code}`).toContain(at);
  });

  test("it is there twice", async () => {
    const element = "  - { type: fhir, resource: Patient, path: name.family }\n";
    folder = smallFolder({ [file]: needs + element + element });
    const problems = await problemsIn(folder.path);
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [6, "integration.dataRepeated"],
    ]);
  });
});

test("a scope may be narrowed by any parameter that looks into codes", async () => {
  const scopes = ["Condition.rs?clinical-status=active", "Encounter.r?class=AMB&status=finished"];
  const yaml = `title: App\nscopes: ${JSON.stringify(scopes.map((each) => `system/${each}`))}\n`;
  folder = smallFolder({ [file]: yaml });
  expect(await problemsIn(folder.path)).toEqual([]);
});

test("what an application needs is part of the integration; a folder may do without", async () => {
  const yaml = "title: App\nelements: { Patient: [name, deceased], Observation: [value] }\n";
  folder = smallFolder({ [file]: yaml });
  expect((await integrationIn(folder.path)).needs).toEqual({
    title: "App",
    scopes: [],
    elements: { Patient: ["name", "deceased"], Observation: ["value"] },
    data: [],
    flowsheets: {},
    valueSets: {},
  });
  folder.remove();
  folder = smallFolder();
  expect((await integrationIn(folder.path)).needs).toBeUndefined();
});
