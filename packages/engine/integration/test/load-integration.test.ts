import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { loadIntegration } from "../src/index.ts";
import { mappingSiteOf } from "../src/mapping.ts";
import {
  type Files,
  type Folder,
  integrationIn,
  printedProblemsIn,
  problemsIn,
  small,
  smallFolder,
  writeFiles,
} from "./folder.ts";

const folders: Folder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

describe("a folder without problems", () => {
  test("becomes what the hub runs, with every default filled in", async () => {
    const integration = await integrationIn(folderWith());
    expect(integration.settings.listeners["east"]).toMatchObject({ type: "mllp", port: 0 });
    expect([...integration.channels.keys()]).toEqual(["adt-in", "rest-in"]);
    expect(integration.channels.get("adt-in")?.mapping).toBe("hl7v2-to-fhir");
    expect(integration.destinations.get("app")).toMatchObject({ type: "webhook" });
    expect(integration.sites.get("harbor")).toMatchObject({
      id: "harbor",
      title: "Harbor Health",
      timeZone: "America/Chicago",
      environment: "nonproduction",
      feeds: [
        {
          environment: "nonproduction",
          listener: "east",
          channels: ["adt-in", "rest-in"],
          sendingFacilities: [],
        },
      ],
    });
  });

  test("lays the site's code tables over the product's", async () => {
    const site = (await integrationIn(folderWith())).sites.get("harbor");
    const tables = site && mappingSiteOf(site).tables;
    expect(tables?.find("gender", "x")?.code).toBe("unknown");
    expect(tables?.find("gender", "F")?.code).toBe("female");
  });

  test("is a production site as soon as it has such a feed, and keeps the other", async () => {
    const site = `${small["sites/harbor/site.yaml"]}  production:
    feeds:
      - listener: east
        channels: [adt-in]
        sendingFacilities: [HARBOR]
`;
    const harbor = (await integrationIn(folderWith({ "sites/harbor/site.yaml": site }))).sites.get(
      "harbor",
    );
    expect(harbor?.environment).toBe("production");
    expect(harbor?.feeds.map(({ environment }) => environment)).toEqual([
      "nonproduction",
      "production",
    ]);
  });

  test("may hold prose, example messages, hidden files and its data folder", async () => {
    const path = folderWith({
      "README.md": "# Harbor",
      "sites/harbor/notes.md": "Call the desk.",
      "messages/one.hl7": "MSH|",
      "data/journal.db": new Uint8Array([0xff, 0xfe]),
      ".git/HEAD": "ref",
      "channels/.adt-in.yaml.swp": "x",
    });
    expect(await printedProblemsIn(path)).toBe("");
  });

  test("may hold the data folder that its own settings name", async () => {
    const path = folderWith({ "state/journal.db": "x" });
    expect(await problemsIn(path)).toMatchObject([{ file: "state/journal.db" }]);
    const settings = `${small["trestle.yaml"]}storage: { directory: "${join(path, "state")}" }\n`;
    writeFiles(path, { "trestle.yaml": settings });
    expect(await printedProblemsIn(path)).toBe("");
  });

  test("may be made of links, as mounted configuration is", async () => {
    const real = folderWith();
    const linked = folderWith(Object.fromEntries(Object.keys(small).map((file) => [file, null])));
    writeFiles(linked, { "trestle.yaml": null });
    symlinkSync(join(real, "trestle.yaml"), join(linked, "trestle.yaml"));
    writeFiles(linked, { "..data/x": "hidden" });
    expect((await integrationIn(linked)).settings.listeners["west"]).toBeDefined();
  });
});

describe("problems", () => {
  test("of several files are reported together, by file, line and column", async () => {
    const path = folderWith({
      "trestle.yaml": "listners: {}\nhttp: { port: 99999 }\nlisteners: { east: {} }\n",
      "channels/adt-in.yaml": small["channels/adt-in.yaml"].replace("to: app", "to: ap"),
      "destinations/spare.yaml": "type: webhook\nurl: 'http://127.0.0.1:9\n",
      "sites/harbor/site.yaml": small["sites/harbor/site.yaml"]
        .replace("Chicago", "Gotham")
        .replace("- rest-in", "- rest-inn"),
      "sites/harbor/tables/gender.csv": "local,system,code\nX,,\nY,urn:a,b,c\n",
      "chanels/late.yaml": "title: Late\n",
    });
    expect(await printedProblemsIn(path)).toBe(
      [
        "chanels/late.yaml:1:1  This version does not read a file of this name here.",
        "  It reads trestle.yaml, integration.yaml, what-if.yaml, channels/*.yaml, destinations/*.yaml, sites/NAME/site.yaml, sites/NAME/people.yaml, sites/NAME/overlay.yaml, sites/NAME/profile.yaml, sites/NAME/tables/*.csv and transforms/*.ts.",
        "channels/adt-in.yaml:7:9  There is no destination “ap”.",
        "  Did you mean “app”? It is in destinations/.",
        "destinations/spare.yaml:3:1  A quote, bracket, comma or colon is missing here, or a blank behind one.",
        "  Close what was opened, and put a blank behind each colon.",
        "sites/harbor/site.yaml:2:11  “timeZone” must be an IANA time zone, such as America/Chicago.",
        "  IANA time zone; a time without an offset is meant in it.",
        "sites/harbor/tables/gender.csv:2:3  The row has no “system”.",
        "  Fill it, or give the row the status not mapped on purpose.",
        "sites/harbor/tables/gender.csv:2:4  The row has no “code”.",
        "  Fill it, or give the row the status not mapped on purpose.",
        "sites/harbor/tables/gender.csv:3:11  The row has more cells than the header.",
        "  Put quotes around a text that holds a comma.",
        "trestle.yaml:1:1  There is no key “listners” here.",
        "  Did you mean “listeners”?",
        "trestle.yaml:2:15  “http.port” must be at most 65535.",
        "  TCP port. 0 picks a free one.",
      ].join("\n"),
    );
  });

  test("of a code table name its file, row and column", async () => {
    const table = [
      "local,display,system,code,status,note",
      "A,Fine,urn:a,a,mapped,",
      "a,Again,urn:a,a,mapped,",
      "B,No code,urn:a,,mapped,",
      "C,Odd,urn:a,c,maped,",
      "D,Left as it is,,,not mapped on purpose,",
    ].join("\n");
    const path = folderWith({ "sites/harbor/tables/gender.csv": table });
    const problems = await problemsIn(path);
    expect(problems.map(({ file, line, column, code }) => [file, line, column, code])).toEqual([
      ["sites/harbor/tables/gender.csv", 3, 1, "mapping.repeatedLocal"],
      ["sites/harbor/tables/gender.csv", 4, 17, "mapping.missingValue"],
      ["sites/harbor/tables/gender.csv", 5, 15, "mapping.unknownStatus"],
    ]);
  });

  test("stand at the value, not where the same word stands in front of it", async () => {
    const text = small["channels/adt-in.yaml"].replace("listener: east", "listener: eat");
    const titled = text.replace("from the east", "to eat");
    const path = folderWith({ "channels/adt-in.yaml": `# eat\n${titled}` });
    expect(await problemsIn(path)).toContainEqual({
      file: "channels/adt-in.yaml",
      line: 5,
      column: 13,
      path: ["source", "listener"],
      code: "integration.unknownListener",
      text: "There is no listener “eat”.",
      hint: "Did you mean “east”? It is in trestle.yaml.",
    });
  });

  test("of one file lead to no wrong conclusions about the others", async () => {
    const broken = "a: [\n";
    const files = ["trestle.yaml", "channels/adt-in.yaml", "destinations/app.yaml"] as const;
    for (const file of [...files, "sites/harbor/site.yaml"] as const) {
      const problems = await problemsIn(folderWith({ [file]: broken }));
      expect(new Set(problems.map((problem) => problem.file))).toEqual(new Set([file]));
    }
  });
});

describe("names that do not agree are problems:", () => {
  const site = small["sites/harbor/site.yaml"];
  const channel = small["channels/adt-in.yaml"];
  const secondSite = site.replace("Harbor", "Meadow");

  test.each<{ what: string; files: Files; problem: string }>([
    {
      what: "a feed on an unknown listener",
      files: { "sites/harbor/site.yaml": site.replace("listener: east", "listener: north") },
      problem:
        "sites/harbor/site.yaml:6:19 integration.unknownListener In trestle.yaml there is east, west.",
    },
    {
      what: "a feed with an unknown channel",
      files: { "sites/harbor/site.yaml": `${site}          - lab-in\n` },
      problem:
        "sites/harbor/site.yaml:10:13 integration.unknownChannel In channels/ there is adt-in, rest-in.",
    },
    {
      what: "a feed and its channel on different listeners",
      files: { "channels/adt-in.yaml": channel.replace("listener: east", "listener: west") },
      problem:
        "sites/harbor/site.yaml:8:13 integration.otherListener Name the same listener in both.",
    },
    {
      what: "a route to a destination while there is none",
      files: { "destinations/app.yaml": null },
      problem:
        "channels/adt-in.yaml:7:9 integration.unknownDestination There is none yet. Add one to destinations/.",
    },
    {
      what: "a channel that no feed names",
      files: { "channels/lab-in.yaml": channel },
      problem:
        "channels/lab-in.yaml:1:1 integration.unusedChannel Name it under `channels` of a feed in sites/NAME/site.yaml, or remove the file.",
    },
    {
      what: "two channels of a feed that take the same type",
      files: { "channels/rest-in.yaml": channel },
      problem:
        "sites/harbor/site.yaml:9:13 integration.takenTwice Only the first would get it. Remove the type, or the channel, from one of them.",
    },
    {
      what: "two sites that nobody can tell apart",
      files: { "sites/meadow/site.yaml": secondSite },
      problem:
        "sites/meadow/site.yaml:6:19 integration.sameSender Give each feed its own sendingFacilities, or a listener of its own.",
    },
    {
      what: "two sites with one sending facility",
      files: {
        "sites/harbor/site.yaml": `${site}        sendingFacilities: [H, TH]\n`,
        "sites/meadow/site.yaml": `${secondSite}        sendingFacilities: [M, TH]\n`,
      },
      problem:
        "sites/meadow/site.yaml:10:32 integration.sameSender Give each feed its own sendingFacilities, or a listener of its own.",
    },
    {
      what: "a code table that the mapping does not look for",
      files: { "sites/harbor/tables/observation-codes.csv": "local,system,code\n" },
      problem:
        "sites/harbor/tables/observation-codes.csv:1:1 integration.unknownTable Did you mean “observation-code”? It is in the mapping.",
    },
    {
      what: "code tables without a site",
      files: { "sites/meadow/tables/identifiers.csv": "local,system,code\n" },
      problem:
        "sites/meadow/site.yaml:1:1 integration.missingFile Add the file. The site of integrations/sample is one to copy.",
    },
    {
      what: "a file whose name cannot be one",
      files: { "destinations/My App.yaml": small["destinations/app.yaml"] },
      problem:
        "destinations/My App.yaml:1:1 integration.badName Begin with a small letter and go on with small letters, digits and hyphens.",
    },
  ])("$what", async ({ files, problem }) => {
    const problems = await problemsIn(folderWith(files));
    expect(
      problems.map(
        ({ file, line, column, code, hint }) => `${file}:${line}:${column} ${code} ${hint}`,
      ),
    ).toEqual([problem]);
  });

  test("two sites on one listener are told apart by what they send as", async () => {
    const path = folderWith({
      "sites/meadow/site.yaml": `${secondSite}        sendingFacilities: [MEADOW]\n`,
    });
    expect(await printedProblemsIn(path)).toBe("");
  });
});

describe("a folder that cannot be read as one", () => {
  test("is a problem where it is not there, or is a file", async () => {
    const path = folderWith();
    for (const no of [join(path, "none"), join(path, "trestle.yaml")]) {
      expect(await problemsIn(no)).toMatchObject([{ file: no, code: "integration.noFolder" }]);
    }
  });

  test("is a problem without trestle.yaml", async () => {
    expect(await problemsIn(folderWith({ "trestle.yaml": null }))).toMatchObject([
      { file: "trestle.yaml", line: 1, column: 1, code: "integration.missingFile" },
    ]);
  });

  test("names a link that leads nowhere, and does not call it missing", async () => {
    const path = folderWith({ "trestle.yaml": null, "channels/adt-in.yaml": null });
    symlinkSync(join(path, "nowhere"), join(path, "trestle.yaml"));
    symlinkSync(join(path, "nowhere"), join(path, "channels/adt-in.yaml"));
    const problems = await problemsIn(path);
    expect(problems.map(({ file, code }) => `${file} ${code}`)).toEqual([
      "channels/adt-in.yaml integration.notReadable",
      "trestle.yaml integration.notReadable",
    ]);
  });

  test("names the first letter that is not UTF-8", async () => {
    const latin1 = Buffer.from("local,display,system,code\nX,Ä,urn:a,a\n", "latin1");
    const path = folderWith({ "sites/harbor/tables/gender.csv": latin1 });
    expect(await problemsIn(path)).toMatchObject([
      {
        file: "sites/harbor/tables/gender.csv",
        line: 2,
        column: 3,
        code: "integration.notUtf8",
      },
    ]);
  });

  test("reads a file up to its limit, and refuses one byte more", async () => {
    const path = folderWith();
    const sizes = Object.values(small).map((text) => Buffer.byteLength(text));
    const largest = Math.max(...sizes);
    expect((await loadIntegration(path, { maxFileBytes: largest })).ok).toBe(true);
    expect(await loadIntegration(path, { maxFileBytes: largest - 1 })).toMatchObject({
      problems: [
        { code: "integration.fileTooLarge", text: expect.stringContaining(`${largest - 1}`) },
      ],
    });
  });

  test("names what lies deeper than any file, and ends where a link leads back", async () => {
    const path = folderWith({ "sites/harbor/tables/old/gender.csv": "x" });
    symlinkSync(path, join(path, "loop"));
    const files = (await problemsIn(path)).map(({ file }) => file);
    expect(files).toContain("sites/harbor/tables/old/");
    expect(files.some((file) => file.startsWith("loop/loop/"))).toBe(true);
    expect(files.every((file) => file.split("/").length <= 5)).toBe(true);
  });
});

function folderWith(files: Files = {}): string {
  const folder = smallFolder(files);
  folders.push(folder);
  return folder.path;
}
