import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type IntegrationFolder, integrationFolder } from "./support/integration-folder.ts";
import { rowsOf, runHere, startTrestle, trestle } from "./support/run-trestle.ts";
import { sampleMessage } from "./support/sample.ts";

let folder: IntegrationFolder;
beforeEach(() => {
  folder = integrationFolder();
});
afterEach(() => folder.remove());

const hospital = "http: { port: 0 }\nlisteners:\n  hospital: { type: mllp, port: 0 }\n";

describe("a transform of the folder", () => {
  test("runs as it is, and one that is no TypeScript is a problem", async () => {
    folder.write("sites/harbor/overlay.yaml", "transforms: [tidy]\n");
    folder.write(
      "transforms/tidy.ts",
      `import type { Transform } from "@trestle/mapping";
export const transform: Transform = { after: (bundle) => ({ ...bundle, id: "tidied" }) };
`,
    );
    const words = ["hl7", "to-fhir", sampleMessage("adt-a08"), "--site", "harbor"];
    const tidied = await trestle([...words, "--config", folder.path]);
    expect(tidied.output).toContain('"id": "tidied"');
    folder.write("transforms/tidy.ts", "export const transform = ;\n");
    const broken = await trestle(["check", folder.path]);
    expect(broken.output).toMatch(
      /transforms\/tidy\.ts:1:1 {2}The transform cannot be loaded: \w*SyntaxError/u,
    );
    expect([tidied.code, broken.code]).toEqual([0, 3]);
  });

  test("that never ends is ended by Ctrl+C, and with it the command", async () => {
    folder.write("sites/harbor/overlay.yaml", "transforms: [endless]\n");
    folder.write(
      "transforms/endless.ts",
      `export const transform = {
  before() {
    process.stderr.write("Round and round.\\n");
    for (;;);
  },
};
`,
    );
    const message = "MSH|^~\\&|HIS|TH|HUB|TH|20260115||ADT^A08|1|T|2.5.1\nPID|1||1^^^TH^MR\n";
    folder.write("messages/two.hl7", message.repeat(2));
    const file = `${folder.path}/messages/two.hl7`;
    const running = startTrestle(["hl7", "to-fhir", file, "--site", "harbor"]);
    await running.says("Round and round.");
    const { code, output, errors } = await running.interrupt();
    expect({ code, output, rounds: errors.match(/Round/gu)?.length }).toEqual({
      code: 1,
      output: "",
      rounds: 1,
    });
    expect(errors).toContain("Interrupted before it was done");
    expect(errors).not.toContain("message 1");
  });
});

describe("a transform that goes wrong", () => {
  const write = () => {
    folder.write("trestle.yaml", `${hospital}processing: { timeoutSeconds: 5 }\n`);
    folder.write("sites/harbor/overlay.yaml", "transforms: [odd]\n");
    folder.write(
      "transforms/odd.ts",
      `export const transform = {
  after(bundle, { message }) {
    if (message.controlId === "hangs") for (;;) {}
    if (message.controlId === "fails") throw new RangeError(message.get("PID-5.1"));
    if (message.controlId === "waits") return Promise.resolve(bundle);
    if (message.controlId === "lingers") setTimeout(() => { throw new Error("late"); });
    if (message.controlId === "rejects") Promise.reject(new Error("late"));
    if (message.controlId === "exits") setTimeout(() => process.exit(1));
    return { ...bundle, id: "passed" };
  },
};
`,
    );
  };
  const message = (controlId: string) =>
    `MSH|^~\\&|HIS|TH|HUB|TH|20260115||ADT^A08|${controlId}|T|2.5.1\nPID|1||1^^^TH^MR||BEAM^ADA\n`;
  const kinds = ["fails", "hangs", "waits", "passes"];

  test("costs one message of a file, and is ended after its time", async () => {
    write();
    const words = ["hl7", "to-fhir", "-", "--site", "harbor", "--config", folder.path];
    const input = kinds.map(message).join("\n");
    const { code, output, errors } = await runHere(words, { input });
    expect(output).toContain('"id": "passed"');
    expect(errors).toContain("message 1: transforms/odd.ts failed on this message (RangeError).");
    expect(errors).toContain("message 2: The mapping took more than 5 s, and was ended.");
    expect(errors).toContain(
      "message 3: transforms/odd.ts failed on this message (after returned a",
    );
    expect(errors).not.toContain("BEAM");
    expect(code).toBe(3);
  });

  test("behind its answer costs no message, and is a problem of the one before", async () => {
    write();
    const words = ["hl7", "to-fhir", "-", "--site", "harbor", "--config", folder.path, "--json"];
    const ended = await runHere(words, { input: ["rejects", "passes"].map(message).join("\n") });
    expect(rowsOf(ended)).toMatchObject([{ id: "passed" }, { id: "passed" }]);
    expect(ended.errors).toContain(
      "message 1: A transform went on behind its answer, and failed there (Error).",
    );
    expect(ended.errors).not.toMatch(/late|message 2: A transform/u);
    expect(ended.code).toBe(3);
  });

  test.each(["rejects", "lingers", "exits"])(
    "behind its last answer (%s) is a problem of it, of a check as well",
    async (kind) => {
      write();
      const words = ["hl7", "to-fhir", "-", "--site", "harbor", "--config", folder.path, "--json"];
      const mapped = await runHere(words, { input: message("passes") + message(kind) });
      expect(rowsOf(mapped)).toMatchObject([{ id: "passed" }, { id: "passed" }]);
      expect(mapped.errors).toContain("message 2: A transform went on behind its answer");
      expect(mapped.errors).not.toMatch(/late|message 1: A transform/u);
      for (const name of ["a", kind]) {
        const files = `given: ${name}.hl7\nexpect: ${name}.json\nbecause: It is.\n`;
        folder.write(`sites/harbor/cases/${name}.yaml`, files);
        folder.write(`sites/harbor/cases/${name}.hl7`, message(name));
      }
      const checked = await runHere(["check", folder.path]);
      const title = new RegExp(`Case “${kind}”[^:]*\\n.*behind its answer`, "u");
      expect(checked.output).toMatch(title);
      expect(checked.output).not.toMatch(/Case “a”[^:]*\n.*behind its answer/u);
      expect([mapped.code, checked.code]).toEqual([3, 3]);
    },
  );

  test("costs one case of a check", async () => {
    write();
    for (const kind of kinds) {
      folder.write(
        `sites/harbor/cases/${kind}.yaml`,
        `given: ${kind}.hl7\nexpect: ${kind}.json\nbecause: It is ${kind}.\n`,
      );
      folder.write(`sites/harbor/cases/${kind}.hl7`, message(kind));
    }
    const { code, output } = await runHere(["check", folder.path]);
    for (const kind of kinds) expect(output).toContain(`sites/harbor/cases/${kind}.yaml:1:1`);
    expect(output).toMatch(/Case “fails”[^:]*\n.*transforms\/odd\.ts failed .*RangeError/u);
    expect(output).toMatch(/Case “hangs”[^:]*\n.*more than 5 s/u);
    expect(output).toMatch(/Case “passes”[^:]*\n.*No expectation is written yet/u);
    expect(code).toBe(3);
  });
});

test.each([
  { does: "ends the thread", body: "process.exit(0);" },
  { does: "waits for what never comes", body: "await new Promise(() => {});" },
  { does: "never comes to an end", body: "for (;;);" },
])("a transform that $does when it is loaded ends the command with a word", async ({ body }) => {
  folder.write("trestle.yaml", `${hospital}processing: { timeoutSeconds: 1 }\n`);
  folder.write("sites/harbor/overlay.yaml", "transforms: [odd]\n");
  folder.write("transforms/odd.ts", `${body}\nexport const transform = {};\n`);
  const words = ["hl7", "to-fhir", sampleMessage("adt-a08"), "--site", "harbor"];
  const { code, output, errors } = await runHere([...words, "--config", folder.path]);
  expect({ code, output }).toEqual({ code: 1, output: "" });
  expect(errors).toContain("cli.mappingNotStarted");
  expect(errors).toContain("A transform may end it, or never come to an end");
});

describe("what a transform prints", () => {
  const print = (body: string) => {
    folder.write("trestle.yaml", `${hospital}processing: { timeoutSeconds: 5 }\n`);
    folder.write("sites/harbor/overlay.yaml", "transforms: [says]\n");
    folder.write(
      "transforms/says.ts",
      `console.log("loaded");\nexport const transform = { after(bundle, { message }) {\n${body}\nreturn bundle; } };\n`,
    );
  };
  const map = (ids: readonly string[]) =>
    trestle(["hl7", "to-fhir", "-", "--site", "harbor", "--config", folder.path, "--json"], {
      input: ids
        .map((id) => `MSH|^~\\&|HIS|TH|HUB|TH|20260115||ADT^A08|${id}|T|2.5.1\nPID|1||1^^^TH^MR\n`)
        .join(""),
    });

  test("shows in order with the results, all of it", async () => {
    print(`for (let line = 0; line < 30; line += 1) console.log(message.controlId + line);
console.log("x".repeat(3_000_000));`);
    const { code, output } = await map(["a", "b"]);
    const lines = output.trimEnd().split("\n");
    const of = (id: string) => Array.from({ length: 30 }, (_each, line) => `${id}${line}`);
    const kinds = lines.map((line) => (line.startsWith("{") ? "result" : line.slice(0, 6)));
    const whole = ["xxxxxx", "result"];
    expect(kinds).toEqual(["loaded", ...of("a"), ...whole, ...of("b"), ...whole]);
    expect(lines.filter((line) => line === "x".repeat(3_000_000))).toHaveLength(2);
    expect(code).toBe(0);
  });

  test("shows where it never comes to an end after that", async () => {
    print(`console.log("one");\nconsole.error("two");\nconsole.log("three");\nfor (;;);`);
    const { code, output, errors } = await map(["a"]);
    expect(output).toBe("loaded\none\nthree\n");
    expect(errors).toMatch(/^two\nstandard input message 1: The mapping took more than 5 s/u);
    expect(code).toBe(3);
  });
});

describe("the transforms of a channel", () => {
  test("run for what its own feed sends, and for no other feed's", async () => {
    const mark = (name: string) =>
      `export const transform = { after: (bundle) => ({ ...bundle, id: "${name}" }) };\n`;
    for (const name of ["lab", "desk"]) {
      folder.write(`transforms/${name}.ts`, mark(name));
      folder.write(
        `channels/${name}-in.yaml`,
        `title: ${name}\nsource: { type: mllp, listener: hospital }\naccepts: ["*"]\nroutes: []\ntransforms: [${name}]\n`,
      );
    }
    folder.write(
      "sites/harbor/site.yaml",
      `title: Harbor Health
timeZone: America/Chicago
environments:
  nonproduction:
    feeds:
      - { listener: hospital, channels: [lab-in], sendingFacilities: [LAB] }
      - { listener: hospital, channels: [desk-in], sendingFacilities: [DESK] }
      - { listener: hospital, channels: [all-in] }
`,
    );
    const mapped = await Promise.all(
      ["LAB", "DESK", "ELSE"].map((facility) =>
        runHere(["hl7", "to-fhir", "-", "--site", "harbor", "--config", folder.path], {
          input: `MSH|^~\\&|HIS|${facility}|HUB|TH|20260115||ADT^A08|1|T|2.5.1\rPID|1||1^^^TH^MR||BEAM\r`,
        }),
      ),
    );
    const ids = mapped.map(({ output }) => (JSON.parse(output) as { id?: string }).id);
    expect(ids).toEqual(["lab", "desk", undefined]);
  });

  test("run for no message that a hub would not take, and that is said", async () => {
    folder.write(
      "transforms/lab.ts",
      `export const transform = { after: (bundle) => ({ ...bundle, id: "lab" }) };\n`,
    );
    folder.write(
      "channels/lab-in.yaml",
      "title: lab\nsource: { type: mllp, listener: hospital }\naccepts: [ORU]\nroutes: []\ntransforms: [lab]\n",
    );
    folder.write(
      "sites/harbor/site.yaml",
      `title: Harbor Health
timeZone: America/Chicago
environments:
  nonproduction:
    feeds:
      - { listener: hospital, channels: [lab-in], sendingFacilities: [LAB] }
`,
    );
    rmSync(join(folder.path, "channels/all-in.yaml"));
    const map = (facility: string, type: string) =>
      runHere(["hl7", "to-fhir", "-", "--site", "harbor", "--config", folder.path], {
        input: `MSH|^~\\&|HIS|${facility}|HUB|TH|20260115||${type}|1|T|2.5.1\rPID|1||1^^^TH^MR||BEAM\r`,
      });
    const [unknown, other] = await Promise.all([map("DESK", "ORU^R01"), map("LAB", "ADT^A08")]);
    expect(unknown.errors).toContain("takes no message of this sending facility (MSH-4)");
    expect(other.errors).toContain("No channel of this site takes ADT^A08.");
    for (const { output, code } of [unknown, other]) {
      expect(output).not.toContain('"lab"');
      expect(code).toBe(0);
    }
  });
});
