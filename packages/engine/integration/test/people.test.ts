import { printProblems } from "@trestle/config";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { changesBetween, loadIntegration, newFolder, readSite } from "../src/index.ts";
import {
  type Folder,
  integrationIn,
  printedProblemsIn,
  smallFolder,
  writeFiles,
} from "./folder.ts";

let folder: Folder;
beforeEach(() => {
  folder = smallFolder();
});
afterEach(() => folder.remove());

const file = "sites/harbor/people.yaml";

const whole = `people:
  engineer: { name: Our engineer, side: ours, phone: +1 608 555 0100 }
  analyst: { name: Ada Example, side: hospital, email: ada@hospital.example }
owners:
  dayToDay: engineer
  outOfHours: engineer
  upgradesOurs: engineer
  upgradesHospital: analyst
  siteContact: analyst
  interfaceAnalyst: analyst
  clinicalInformatics: analyst
  leadershipOutOfHours: analyst
escalation:
  - { call: engineer, waitMinutes: 15 }
  - { call: analyst, by: email, waitMinutes: 60 }
serviceLevels:
  critical: { respondMinutes: 15, agreedBy: [engineer, analyst], agreedOn: 2026-01-08 }
  high: { respondMinutes: 60, agreedBy: [engineer, analyst], agreedOn: 2026-01-08 }
  medium: { respondMinutes: 480, agreedBy: [engineer, analyst], agreedOn: 2026-01-08 }
  low: { respondMinutes: 2880, agreedBy: [engineer, analyst], agreedOn: 2026-01-08 }
confirmedOn: 2026-01-10
`;

describe("people of a site", () => {
  test("who are named for everything leave nothing to say, nor do none at a test environment", async () => {
    expect(await noticesAt("2026-04-10", "production", whole)).toBe("");
    expect(await noticesAt("2026-04-10", "nonproduction", undefined)).toBe("");
  });

  test.each([
    {
      what: "somebody who is not named, with who was meant",
      from: "dayToDay: engineer",
      to: "dayToDay: enginer",
      says: [`${file}:5:13  There is no person “enginer”.`, "Did you mean “engineer”?"],
    },
    {
      what: "a step that calls nobody",
      from: "call: engineer",
      to: "call: pager",
      says: [`${file}:14:13  There is no person “pager”.`],
    },
    {
      what: "an agreement of somebody unknown",
      from: "[engineer, analyst]",
      to: "[engineer, boss]",
      says: [`${file}:17:56  There is no person “boss”.`],
    },
    {
      what: "an owner of the other side",
      from: "siteContact: analyst",
      to: "siteContact: engineer",
      says: [`${file}:9:16  This takes somebody of the hospital.`],
    },
    {
      what: "a step by what the person does not have",
      from: "by: email, ",
      to: "",
      says: [`${file}:15:13  This person is to be reached by phone, and has none under people.`],
    },
    {
      what: "a number that is none, without quoting it",
      from: "phone: +1 608 555 0100",
      to: "phone: ask at the desk",
      says: ["must be a telephone number, such as +1 608 555 0100."],
    },
    {
      what: "a mail address that is none",
      from: "ada@hospital.example",
      to: "ada at hospital",
      says: ["must be a mail address, such as analyst@hospital.example."],
    },
    {
      what: "somebody whom nothing reaches",
      from: ", phone: +1 608 555 0100",
      to: "",
      says: ["needs an email or a phone by which they can be reached."],
    },
    {
      what: "a severity that there is not",
      from: "critical: {",
      to: "urgent: {",
      says: [`${file}:17:3  `],
    },
  ])("may not have $what", async ({ from, to, says }) => {
    writeFiles(folder.path, { [file]: whole.replace(from, to) });
    const printed = await printedProblemsIn(folder.path);
    for (const each of says) expect(printed).toContain(each);
    expect(printed).not.toContain("ask at the desk");
    expect(printed).not.toContain("ada at hospital");
  });

  test.each(["+1 608 555 0100", "(608) 555-0100", "0044 20 7946 0000 x12", "608.555.0100"])(
    "may have the number %s",
    async (phone) => {
      writeFiles(folder.path, { [file]: whole.replace("+1 608 555 0100", `"${phone}"`) });
      expect(await printedProblemsIn(folder.path)).toBe("");
    },
  );

  test("of one site do not stand in for those of another", async () => {
    writeFiles(folder.path, { "sites/other/people.yaml": whole });
    expect(await printedProblemsIn(folder.path)).toContain(
      "sites/other/site.yaml:1:1  This site has an overlay, a profile or people and no site.yaml.",
    );
  });
});

describe("what is missing or old", () => {
  test.each([
    {
      what: "owners, by their names",
      from: /^ {2}(?:dayToDay|siteContact): .*\n/gmu,
      to: "",
      says: `${file}:4:1  Nobody is named for dayToDay, siteContact.`,
    },
    {
      what: "a second step",
      from: / {2}- \{ call: analyst.*\n/u,
      to: "",
      says: `${file}:13:1  The escalation ends with the first who does not answer.`,
    },
    {
      what: "service levels",
      from: / {2}(?:medium|low): .*\n/gu,
      to: "",
      says: `${file}:16:1  No service level is agreed for medium, low.`,
    },
    {
      what: "one side of an agreement",
      from: "agreedBy: [engineer, analyst]",
      to: "agreedBy: [engineer]",
      says: `${file}:17:45  Nobody of the hospital has agreed to this.`,
    },
    {
      what: "the day of confirmation",
      from: /confirmedOn.*\n/u,
      to: "",
      says: `${file}:1:1  Nobody has confirmed yet that this is so.`,
    },
    {
      what: "a confirmation that is to come",
      from: "2026-01-10",
      to: "2026-04-12",
      says: `${file}:21:14  This day is still to come.`,
    },
    {
      what: "an agreement that is to come",
      from: "2026-01-08",
      to: "2027-01-08",
      says: `${file}:17:76  This day is still to come.`,
    },
  ])("is told once: $what", async ({ from, to, says }) => {
    const text = whole.replace(from, to);
    const production = await noticesAt("2026-04-10", "production", text);
    expect(production.split("\n")).toEqual([`warning ${says}`, expect.stringMatching(/^ {2}\S/u)]);
    const nonproduction = await noticesAt("2026-04-10", "nonproduction", text);
    expect(nonproduction).toBe(production.replace("warning", "note"));
  });

  test("is a confirmation from its ninety-first day on, where patients are treated", async () => {
    expect(await noticesAt("2026-04-10", "production", whole)).toBe("");
    expect(await noticesAt("2026-04-11", "production", whole)).toContain(
      "warning sites/harbor/people.yaml:21:14  It is more than 90 days since",
    );
    expect(await noticesAt("2026-04-11", "nonproduction", whole)).toBe("");
  });

  test("is the whole file, where patients are treated", async () => {
    expect(await noticesAt("2026-04-10", "production", undefined)).toContain(
      "warning sites/harbor/site.yaml:1:1  The site treats patients, and no people.yaml says",
    );
  });
});

test("a new folder has the file, with nobody in it and every line to fill in", async () => {
  const files = newFolder({
    title: "Planner",
    webhook: "http://127.0.0.1:9/",
    siteTitle: "Harbor",
    site: "harbor",
    timeZone: "UTC",
    listenerPort: 0,
    httpPort: 0,
    dialect: "standard",
  });
  const text = files.get(file) ?? "";
  expect(text).toContain("$schema=../../.trestle/schemas/people.json");
  const filled = text.replaceAll(
    /^# (?=(?:people|owners|escalation|serviceLevels|confirmedOn):| {2})/gmu,
    "",
  );
  writeFiles(folder.path, { [file]: filled });
  expect(await printedProblemsIn(folder.path)).toBe("");
  expect(filled).toContain("\n  interfaceAnalyst: interface-analyst\n");
});

test("a site's view has everybody with the line that says so, and its comparison tells who changed", async () => {
  writeFiles(folder.path, { [file]: whole });
  const read = await readSite({ directory: folder.path, site: "harbor" });
  expect(read.ok ? read.view.people : []).toContainEqual({
    path: "people.owners.siteContact",
    value: "analyst",
    place: { file, line: 9, column: 3 },
  });
});

test("another telephone number is a change of one setting, of which nothing else is told", async () => {
  writeFiles(folder.path, { [file]: whole });
  const before = await integrationIn(folder.path);
  writeFiles(folder.path, { [file]: whole.replace("555 0100", "555 0199") });
  const after = await integrationIn(folder.path);
  expect(changesBetween(before.contents, after.contents, { maxDifferences: 10 })).toEqual([
    {
      file,
      change: "changed",
      count: 1,
      of: "settings",
      differences: [{ name: "people.engineer.phone" }],
    },
  ]);
});

/** What a check tells beside problems, on a day at noon in UTC. */
async function noticesAt(
  today: string,
  environment: "production" | "nonproduction",
  text: string | undefined,
): Promise<string> {
  const site = `title: Harbor Health
timeZone: America/Chicago
environments:
  ${environment}:
    feeds:
      - { listener: east, channels: [adt-in, rest-in] }
`;
  writeFiles(folder.path, { "sites/harbor/site.yaml": site, [file]: text ?? null });
  const clock = { now: () => Date.parse(`${today}T09:00:00Z`), after: () => () => undefined };
  const loaded = await loadIntegration(folder.path, { clock });
  if (!loaded.ok) throw new Error(printProblems(loaded.problems));
  return loaded.notices.map((notice) => `${notice.level} ${printProblems([notice])}`).join("\n");
}
