import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SettingEdit, SettingsChangeSet, SettingsContent } from "@trestle/api";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { codesFolder, git } from "../support/code-decisions-folder.ts";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import type { IntegrationFolder } from "../support/integration-folder.ts";

const path = "sites/harbor/site.yaml";
const text = `# Harbor, on the east coast.
title: Harbor Health   # in their words
timeZone: America/Chicago

environments:
  nonproduction:
    feeds:
      # The only listener.
      - listener: hospital
        sendingFacilities: [ HH ]
        channels: [all-in]
`;

let folder: IntegrationFolder;
let hub: HubProcess;
let first: string;

beforeAll(async () => {
  folder = codesFolder("http://127.0.0.1:9/", { commitToGit: true });
  folder.write(path, text);
  git(folder, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qam", "Comment");
  first = git(folder, "rev-parse", "HEAD");
  hub = await startHubProcess(folder);
});
afterEach(() => {
  git(folder, "reset", "-q", "--hard", first);
  git(folder, "clean", "-qfd");
});
afterAll(async () => {
  await hub.stop();
  folder.remove();
});

const textOf = (file: string) => readFileSync(join(folder.path, file), "utf8");
const read = (file: string) =>
  hub.ask<SettingsContent>(`/api/v1/settings-files/content?path=${encodeURIComponent(file)}`);

async function change(file: string, edits: readonly SettingEdit[], more: object = {}) {
  const { hash } = await read(file);
  const body = { path: file, hash, edits, ...more };
  return hub.ask<SettingsChangeSet>("/api/v1/settings-files/changes", { method: "POST", body });
}

const label: SettingEdit = {
  type: "set",
  at: ["environments", "nonproduction", "label"],
  value: "Harbor TST",
};

test("each YAML file is listed with what it is, and those that a folder may have", async () => {
  const { items } = await hub.ask<{ items: { path: string; kind: string; isThere: boolean }[] }>(
    "/api/v1/settings-files",
  );
  const shown = items.map((item) => `${item.path} ${item.kind} ${item.isThere}`);
  expect(shown).toEqual(
    expect.arrayContaining([
      "trestle.yaml trestle true",
      "channels/all-in.yaml channel true",
      "sites/harbor/people.yaml people false",
      `${path} site true`,
      "what-if.yaml what-if false",
    ]),
  );
});

test("a file is read without defaults, with the schema that editors get", async () => {
  const { value, schema, problems } = await read(path);
  expect(value).toMatchObject({ title: "Harbor Health", timeZone: "America/Chicago" });
  expect(Object.keys(value ?? {})).toEqual(["title", "timeZone", "environments"]);
  expect(schema["properties"]).toHaveProperty("pathways");
  expect(problems).toEqual([]);
});

test("an edit becomes a patch that git applies, and every other byte stays", async () => {
  const edit: SettingEdit = { type: "set", at: ["title"], value: "Harbor" };
  const made = await change(path, [edit, label]);
  expect(made).toMatchObject({ problems: [], files: [{ path, isNew: false }] });
  expect(textOf(path)).toBe(text);
  writeFileSync(join(folder.path, "../change.patch"), made.patch ?? "");
  git(folder, "apply", "../change.patch");
  expect(textOf(path)).toBe(
    text
      .replace("title: Harbor Health   #", "title: Harbor #")
      .replace("[all-in]\n", "[all-in]\n    label: Harbor TST\n"),
  );
});

test("every problem of the whole folder is told with its place, and nothing is made", async () => {
  const feeds = ["environments", "nonproduction", "feeds", 0];
  const made = await change(path, [
    { type: "remove", at: ["title"] },
    { type: "set", at: [...feeds, "listener"], value: 5 },
    { type: "set", at: ["pathways"], value: { Patient: { method: "fax" } } },
  ]);
  expect(made.patch).toBeUndefined();
  const shown = made.problems.map((one) => `${one.file} ${one.path?.join(".")} ${one.code}`);
  expect(shown).toEqual([
    `${path} title config.missingKey`,
    `${path} environments.nonproduction.feeds.0.listener config.invalidValue`,
    `${path} pathways.Patient.method config.invalidValue`,
  ]);
  const crossing = await change(path, [{ type: "set", at: [...feeds, "listener"], value: "nine" }]);
  expect(crossing.problems).toContainEqual(
    expect.objectContaining({ path: [...feeds, "listener"], code: "integration.unknownListener" }),
  );
  expect(textOf(path)).toBe(text);
});

test("a problem that a change causes in another file names that file", async () => {
  const made = await change("trestle.yaml", [
    { type: "rename", at: ["listeners", "hospital"], to: "clinic" },
  ]);
  expect(made.problems.map(({ file }) => file)).toEqual(
    expect.arrayContaining(["channels/all-in.yaml", path]),
  );
});

test("what holds only after a restart is remarked", async () => {
  const made = await change("trestle.yaml", [
    { type: "set", at: ["logging"], value: { level: "warn" } },
  ]);
  expect(made.remarks).toMatchObject([
    { path: ["logging", "level"], code: "integration.needsRestart" },
  ]);
  expect(made.patch).toContain("+  level: warn");
});

test("a file that the folder lacks is made by the patch", async () => {
  const people = "sites/summit/people.yaml";
  const made = await change(people, [
    {
      type: "set",
      at: ["people"],
      value: { "on-call": { name: "On call", side: "ours", phone: "+1 608 555 0100" } },
    },
  ]);
  expect(made.files).toEqual([{ path: people, isNew: true }]);
  writeFileSync(join(folder.path, "../change.patch"), made.patch ?? "");
  git(folder, "apply", "../change.patch");
  expect(textOf(people)).toBe(
    "people:\n  on-call:\n    name: On call\n    side: ours\n    phone: +1 608 555 0100\n",
  );
});

test("a commit has the person's name, the reason and no value", async () => {
  const made = await change(path, [label], { as: "commit", note: "As the hospital calls it." });
  expect(made.commit).toBe(git(folder, "rev-parse", "HEAD"));
  expect(git(folder, "log", "-1", "--format=%an%n%B")).toBe(
    [
      "Operator",
      `Change settings in ${path}`,
      "",
      "As the hospital calls it.",
      "",
      "Set environments.nonproduction.label",
    ].join("\n"),
  );
  expect(git(folder, "status", "--porcelain")).toBe("");
});

test("a file that moved on is not changed, nor one that the folder cannot have", async () => {
  const { hash } = await read(path);
  folder.write(path, text.replace("Chicago", "New_York"));
  const ask = (body: object) => hub.ask("/api/v1/settings-files/changes", { method: "POST", body });
  await expect(ask({ path, hash, edits: [label] })).rejects.toThrow(
    /answered 409.*settingsMoved/su,
  );
  for (const other of ["sites/../trestle.yaml", "../secret.yaml", "sites/new/site.yaml", "a.csv"]) {
    await expect(read(other)).rejects.toThrow(/answered 404/u);
  }
});

test("a secret that stands where a reference should is not shown", async () => {
  folder.write("integration.yaml", "title: App\ntokne: x\ntoken: sesame\n");
  const { value, problems } = await read("integration.yaml");
  expect(problems).toMatchObject([{ path: ["tokne"] }, { path: ["token"] }]);
  expect(value).toEqual({ title: "App" });
});

test("a file that is no YAML has no form, and says where it is wrong", async () => {
  folder.write(path, "title: [\n");
  const broken = await read(path);
  expect(broken.value).toBeUndefined();
  expect(broken.problems).toMatchObject([{ file: path, code: "config.notYaml" }]);
});
