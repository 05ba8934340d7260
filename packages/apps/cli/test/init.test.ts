import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rowsOf, runHere, startTrestle, trestle } from "./support/run-trestle.ts";
import { sampleMessage } from "./support/sample.ts";
import { undocumented } from "./support/undocumented.ts";

let root: ReturnType<typeof temporaryFolder>;
let folder: string;
beforeEach(() => {
  root = temporaryFolder();
  folder = join(root.path, "discharge-planner");
});
afterEach(() => root.remove());

const freePorts = ["--listener-port", "0", "--http-port", "0"];

const textOf = (file: string) => readFileSync(join(folder, file), "utf8");

describe("from options alone", () => {
  test("a folder is made that check passes, and a hub on it acknowledges a message", async () => {
    const flags = ["--title", "Planner: beds", "--site-title", "Harbor", "--time-zone", "UTC"];
    const made = await trestle(["init", folder, ...flags, ...freePorts, "--yes", "--json"]);
    const rows = rowsOf(made);
    expect(made.code).toBe(0);
    expect(rows).toContainEqual({ file: "sites/harbor/site.yaml" });
    expect(undocumented("init", rows)).toEqual([]);
    expect(made.errors).toContain(`npx trestle start --config ${folder}`);
    expect(textOf("integration.yaml")).toContain('title: "Planner: beds"');
    expect(await runHere(["check", folder])).toMatchObject({ code: 0 });

    const data = join(folder, "data");
    const hub = startTrestle(["start", "--config", folder, "--data", data, "--json"]);
    const { mllp } = (await hub.firstRow()) as { mllp: { hospital: number } };
    const to = `127.0.0.1:${mllp.hospital}`;
    const sent = await trestle(["hl7", "send", sampleMessage("adt-a08"), "--to", to]);
    const unknown = await trestle(["hl7", "send", sampleMessage("siu-s12"), "--to", to]);
    await hub.interrupt();
    for (const { code, output } of [sent, unknown]) {
      expect(output).toMatch(/^MSA\|AA\|/mu);
      expect(code).toBe(0);
    }
    // What the hub keeps lies in the folder, is no part of it, and stays out of git.
    expect(existsSync(join(data, "operator.token"))).toBe(true);
    expect(await runHere(["check", folder])).toMatchObject({ code: 0 });
    expect(textOf(".gitignore")).toMatch(/^\/data\/$/mu);
  });

  test("a hub starts on a folder with a FHIR server, whoever made the server", async () => {
    const site = ["--fhir-base", "http://127.0.0.1:9/R4", "--client-id", "a-1"];
    const words = ["init", folder, ...site, "--dialect", "athenahealth", ...freePorts, "--yes"];
    const made = await trestle(words);
    expect(made).toMatchObject({ code: 0, errors: expect.stringContaining("keys new") });
    const hub = startTrestle(["start", "--config", folder, "--data", join(root.path, "data")]);
    await hub.says("Sign in once");
    expect((await hub.interrupt()).code).toBe(0);
  });

  test.each([
    { words: ["--time-zone", "Mars"], says: "“--time-zone” must be an IANA time zone" },
    { words: ["--site", "St. Anne"], says: "“--site” must be small letters" },
    { words: ["--webhook", "ftp://a/"], says: "“--webhook” does not have the form" },
    { words: ["--fhir-base", "https://a.example/R4"], says: "Say --client-id" },
    { words: ["--client-id", "a"], says: "--client-id needs --fhir-base." },
    { words: ["--dialect", "standard"], says: "--dialect needs --fhir-base." },
    {
      words: [
        "--fhir-base",
        "https://a.example/R4",
        "--client-id",
        "a",
        "--dialect",
        "athenahelth",
      ],
      says: "Did you mean “athenahealth”?",
    },
    { words: ["--listener-port", "70000"], says: "--listener-port: give a number of at most" },
  ])("nothing is written for $words", async ({ words, says }) => {
    const { code, output, errors } = await runHere(["init", folder, ...words, "--yes"]);
    expect(errors).toContain(says);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(readdirSync(root.path)).toEqual([]);
  });
});

describe("from answers on standard input", () => {
  test("each is asked once, again where it will not do, and empty takes what is proposed", async () => {
    const input = ["", "http://127.0.0.1:9/in", "Hôpital St. Anne", "", "Mars", "Europe/Paris"];
    const fhir = ["", "", "https://fhir.anne.example/R4", "", "", "client-7"];
    const made = await trestle(["init", folder], { input: [...input, ...fhir, ""].join("\n") });
    expect(made.code).toBe(0);
    expect(made.errors).toContain("Name of your application [Discharge planner]: ");
    expect(made.errors).toContain("in small letters [hopital-st-anne]: ");
    expect(made.errors.match(/Its time zone \[/gu)).toHaveLength(2);
    expect(made.errors).toContain("must be an IANA time zone");
    expect(textOf("sites/hopital-st-anne/site.yaml")).toContain("clientId: client-7");
    expect(textOf("trestle.yaml")).toContain("port: 2575");
    expect(await runHere(["check", folder])).toMatchObject({ code: 0 });
  });

  test("what an option says is not asked", async () => {
    const said = ["--title", "A", "--webhook", "http://a.example/", "--site-title", "B"];
    const more = ["--site", "b", "--time-zone", "UTC", ...freePorts];
    const made = await trestle(["init", folder, ...said, ...more], { input: "\n" });
    expect(made.code).toBe(0);
    expect(made.errors).toMatch(/^Address of its FHIR R4 server; empty .*: Made /u);
  });

  test("an end before the last answer writes nothing, and names the option", async () => {
    const ended = await trestle(["init", folder], { input: "A\n" });
    expect(ended).toMatchObject({ code: 2, output: "" });
    expect(ended.errors).toContain("Say --webhook, or --yes");
    expect(readdirSync(root.path)).toEqual([]);
  });

  test("so does a signal", async () => {
    const running = startTrestle(["init", folder]);
    await running.says("Name of your application");
    const { code, errors } = await running.interrupt();
    expect(errors).toContain("Interrupted before it was done.");
    expect(code).toBe(1);
    expect(readdirSync(root.path)).toEqual([]);
  });
});

describe("a folder that is there", () => {
  const initHere = () => runHere(["init", folder, "--yes"]);

  test("is refused when it is not empty, before anything is asked", async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "notes.txt"), "mine");
    const { code, errors } = await trestle(["init", folder]);
    expect(errors).toContain("is not empty. Name a folder that is new or empty");
    expect(code).toBe(2);
    expect(readdirSync(folder)).toEqual(["notes.txt"]);
  });

  test("is refused when it is a file", async () => {
    writeFileSync(folder, "mine");
    expect(await initHere()).toMatchObject({
      code: 2,
      errors: expect.stringContaining("is a file,"),
    });
    expect(readFileSync(folder, "utf8")).toBe("mine");
  });

  test("is filled when it is empty, or a repository that was just made", async () => {
    mkdirSync(join(folder, ".git"), { recursive: true });
    expect(await initHere()).toMatchObject({ code: 0 });
    expect(await runHere(["check", folder])).toMatchObject({ code: 0 });
    expect(readdirSync(folder).filter((name) => name.startsWith(".trestle-"))).toEqual([]);
  });

  test("stays as it was when something comes there while questions are asked", async () => {
    const running = startTrestle(["init", folder]);
    await running.says("Name of your application");
    mkdirSync(folder);
    writeFileSync(join(folder, "trestle.yaml"), "mine");
    running.child.stdin.end("\n".repeat(10));
    expect(await running.ended).toMatchObject({
      code: 2,
      errors: expect.stringContaining("is not empty"),
    });
    expect(readdirSync(folder)).toEqual(["trestle.yaml"]);
    expect(textOf("trestle.yaml")).toBe("mine");
  });

  test("below a file cannot be made", async () => {
    writeFileSync(join(root.path, "file"), "mine");
    const { code, errors } = await runHere(["init", join(root.path, "file/below"), "--yes"]);
    expect(errors).toContain("below is a file, or lies below one.");
    expect(code).toBe(2);
    expect(readdirSync(root.path)).toEqual(["file"]);
  });

  test("that cannot be written to its end is taken back, and that ends with 1", async () => {
    // No file system of today takes a name of this length.
    const words = ["--site", "a".repeat(300), "--yes"];
    const { code, errors } = await runHere(["init", join(folder, "deeper"), ...words]);
    expect(errors).toMatch(/nothing was left there\..*\n.*ENAMETOOLONG\n$/u);
    expect(code).toBe(1);
    expect(readdirSync(root.path)).toEqual([]);
  });
});
