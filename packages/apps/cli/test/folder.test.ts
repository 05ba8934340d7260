import { existsSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type IntegrationFolder, integrationFolder } from "./support/integration-folder.ts";
import { rowsOf, startTrestle, trestle } from "./support/run-trestle.ts";
import { sampleIntegration, sampleMessage } from "./support/sample.ts";

let folder: IntegrationFolder;
beforeEach(() => {
  folder = integrationFolder();
});
afterEach(() => folder.remove());

const hospital = "http: { port: 0 }\nlisteners:\n  hospital: { type: mllp, port: 0 }\n";

function breakFolder(): void {
  folder.write("destinations/app.yaml", "type: webhook\nurll: http://127.0.0.1:9/results\n");
  folder.write("channels/lost.yaml", "title: Lost\nroutes:\n  - to: nowhere\n");
}

describe("check", () => {
  test("a folder without problems ends with 0", async () => {
    const [text, json] = await Promise.all([
      trestle(["check", folder.path]),
      trestle(["check", sampleIntegration, "--json"]),
    ]);
    expect(text.output).toMatch(
      /^No problems\. Revision [\w-]+: 1 site, 1 channel, 1 destination, 0 cases\.\n$/u,
    );
    expect(rowsOf(json)).toMatchObject([{ sites: 1, channels: 7, destinations: 1, cases: 2 }]);
    expect([text.code, json.code]).toEqual([0, 0]);
  });

  test("every problem at once, with file, line, column and hint; ends with 3", async () => {
    breakFolder();
    const [text, json] = await Promise.all([
      trestle(["check", folder.path]),
      trestle(["check", folder.path, "--json"]),
    ]);
    expect(text.output).toMatch(/^destinations\/app\.yaml:2:1 {2}.*urll/mu);
    expect(text.output).toContain("url");
    expect(text.output).toMatch(/^channels\/lost\.yaml:\d+:\d+ {2}/mu);
    expect(text.errors).toMatch(/^\d+ problems\.\n$/u);
    const rows = rowsOf(json);
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows) expect(row).toMatchObject({ hint: expect.stringMatching(/\S/u) });
    expect([text.code, json.code]).toEqual([3, 3]);
  });
});

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

describe("how large a message may be", () => {
  const head = "MSH|^~\\&|HIS|TH|HUB|TH|20260115||ADT^A08|1|T|2.5.1\nPID|1||1^^^TH^MR||BEAM^ADA\n";
  const commands = [
    ["hl7", "parse"],
    ["hl7", "validate"],
    ["hl7", "to-fhir"],
  ] as const;
  const reads = commands.map((words) => ({ command: words.join(" "), words }));

  test.each(reads)("$command takes from the folder that a file lies in", async ({ words }) => {
    folder.write("trestle.yaml", `${hospital}messages: { maxSegments: 10, maxFields: 20000 }\n`);
    folder.write("messages/many.hl7", head + "NK1|1|STRUT^OLA\n".repeat(9));
    folder.write("messages/wide.hl7", `${head}ZQX${"|1".repeat(15_000)}\n`);
    const [many, wide] = await Promise.all(
      ["many", "wide"].map((name) => trestle([...words, `${folder.path}/messages/${name}.hl7`])),
    );
    expect(many?.errors).toMatch(/message 1: .*more than 10 segments/u);
    expect(many?.errors).toContain("Raise maxSegments (under messages in trestle.yaml)");
    expect(many?.code).toBe(3);
    expect(wide?.errors).not.toContain("more than 10000 fields");
    expect(wide?.output).not.toBe("");
  });

  test.each(reads)("$command takes from --config, and names it else", async ({ words }) => {
    folder.write("trestle.yaml", `${hospital}messages: { maxFields: 20000 }\n`);
    const input = `${head}ZQX${"|1".repeat(15_000)}\n`;
    const [held, free] = await Promise.all([
      trestle([...words, "-", "--config", folder.path], { input }),
      trestle([...words, "-"], { input }),
    ]);
    expect(held.errors).not.toContain("more than 10000 fields");
    expect(free.errors).toMatch(
      /more than 10000 fields\.\n {2}Raise maxFields \(under messages in trestle\.yaml of the folder that --config names\)/u,
    );
    expect(free.code).toBe(3);
  });

  test.each([...reads, { command: "hl7 send", words: ["hl7", "send"] }])(
    "is a problem for $command where it is not well written, and no other setting is",
    async ({ words, command }) => {
      folder.write("trestle.yaml", "listenres: 1\nmessages: { maxFields: many }\n");
      folder.write("messages/a.hl7", head);
      const file = `${folder.path}/messages/a.hl7`;
      const to = command === "hl7 send" ? ["--to", "127.0.0.1:9"] : [];
      const { code, output, errors } = await trestle([...words, file, ...to]);
      expect({ code, output }).toEqual({ code: 3, output: "" });
      expect(errors).toMatch(/trestle\.yaml:2:24 {2}\S/u);
      expect(errors).not.toContain("listenres");
    },
  );

  test("holds where a site is named too", async () => {
    folder.write("trestle.yaml", `${hospital}messages: { maxSegments: 10 }\n`);
    const input = head + "NK1|1|STRUT^OLA\n".repeat(9);
    const ofFolder = ["--site", "harbor", "--config", folder.path];
    const [mapped, validated, free] = await Promise.all([
      trestle(["hl7", "to-fhir", "-", ...ofFolder], { input }),
      trestle(["hl7", "validate", "-", ...ofFolder], { input }),
      trestle(["hl7", "to-fhir", "-"], { input }),
    ]);
    for (const { code, errors } of [mapped, validated]) {
      expect(errors).toMatch(/message 1: .*more than 10 segments.*\n.*maxSegments/u);
      expect(code).toBe(3);
    }
    expect(free.errors).not.toContain("segments");
    expect(free.output).toContain('"Patient"');
  });
});

describe("a transform that goes wrong", () => {
  const write = () => {
    folder.write("trestle.yaml", `${hospital}processing: { timeoutSeconds: 0.5 }\n`);
    folder.write("sites/harbor/overlay.yaml", "transforms: [odd]\n");
    folder.write(
      "transforms/odd.ts",
      `export const transform = {
  after(bundle, { message }) {
    if (message.controlId === "hangs") for (;;) {}
    if (message.controlId === "fails") throw new RangeError(message.get("PID-5.1"));
    if (message.controlId === "waits") return Promise.resolve(bundle);
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
    const { code, output, errors } = await trestle(words, { input });
    expect(output).toContain('"id": "passed"');
    expect(errors).toContain("message 1: transforms/odd.ts failed on this message (RangeError).");
    expect(errors).toContain("message 2: The mapping took more than 0.5 s, and was ended.");
    expect(errors).toContain(
      "message 3: transforms/odd.ts failed on this message (after returned a",
    );
    expect(errors).not.toContain("BEAM");
    expect(code).toBe(3);
  });

  test("costs one case of a check", async () => {
    write();
    for (const kind of kinds) {
      folder.write(
        `sites/harbor/cases/${kind}.yaml`,
        `given: ${kind}.hl7\nexpect: ${kind}.json\nbecause: It is ${kind}.\n`,
      );
      folder.write(`sites/harbor/cases/${kind}.hl7`, message(kind));
    }
    const { code, output } = await trestle(["check", folder.path]);
    for (const kind of kinds) expect(output).toContain(`sites/harbor/cases/${kind}.yaml:1:1`);
    expect(output).toMatch(/Case “fails”[^:]*\n.*transforms\/odd\.ts failed .*RangeError/u);
    expect(output).toMatch(/Case “hangs”[^:]*\n.*more than 0\.5 s/u);
    expect(output).toMatch(/Case “passes”[^:]*\n.*No expectation is written yet/u);
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
        trestle(["hl7", "to-fhir", "-", "--site", "harbor", "--config", folder.path], {
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
      trestle(["hl7", "to-fhir", "-", "--site", "harbor", "--config", folder.path], {
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

describe("the cases of a site", () => {
  const files = "sites/harbor/cases";
  const write = () => {
    folder.write(`${files}/a.yaml`, "given: a.hl7\nexpect: a.json\nbecause: It is female.\n");
    folder.write(`${files}/a.hl7`, readFileSync(sampleMessage("adt-a08"), "utf8"));
  };

  test("are written once by --accept, hold from then on, and tell what came out otherwise", async () => {
    write();
    const before = await trestle(["check", folder.path]);
    expect(before.output).toContain("No expectation is written yet.");
    await trestle(["check", folder.path, "--accept"]);
    const accepted = readFileSync(join(folder.path, files, "a.json"), "utf8");
    folder.write(`${files}/a.json`, accepted.replace('"male"', '"female"'));
    const after = await trestle(["check", folder.path]);
    expect(after.output).toMatch(/gender: "male", expected "female"/u);
    expect(after.output).toContain("It shows: It is female.");
    expect([before.code, after.code]).toEqual([3, 3]);
  });
});

describe("start", () => {
  test("refuses a folder with problems, says them all, and touches no data", async () => {
    breakFolder();
    const { code, output, errors } = await trestle([...start(), "--json"]);
    expect({ code, output }).toEqual({ code: 3, output: "" });
    expect(errors).toContain("destinations/app.yaml:2:1");
    expect(errors).toContain("channels/lost.yaml");
    expect(existsSync(folder.data)).toBe(false);
  });

  test("says where it listens and how to sign in, and Ctrl+C ends it with 0", async () => {
    const hub = startTrestle(start());
    await hub.says("Sign in once");
    const { code, output, errors } = await hub.interrupt();
    expect(errors).toMatch(/Console and API +http:\/\/127\.0\.0\.1:\d+\n/u);
    expect(errors).toMatch(/MLLP hospital +port \d+\n/u);
    expect(errors).toMatch(/Sign in once +http:\/\/127\.0\.0\.1:\d+\/sign-in#\S+\n/u);
    expect({ code, output }).toEqual({ code: 0, output: "" });
  });

  test("a port that is taken ends with 1 and names the port", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(0, "127.0.0.1", resolve);
    });
    const { port } = other.address() as AddressInfo;
    const runs = await Promise.all([
      trestle([...start("one"), "--port", String(port)]),
      trestle([...start("two"), "--mllp-port", String(port)]),
      trestle(["sample", "--port", String(port)]),
    ]);
    other.close();
    for (const { code, errors } of runs) {
      expect(errors).toMatch(new RegExp(`port ${port}\\): EADDRINUSE\n$`, "u"));
      expect(code).toBe(1);
    }
  });

  test("the environment names the data folder; an option wins over it", async () => {
    const environment = { TRESTLE_DATA: `${folder.data}-environment`, TRESTLE_PORT: "0" };
    const words = ["start", "--config", folder.path];
    const runs = [
      startTrestle(words, { environment }),
      startTrestle([...words, "--data", folder.data], { environment }),
    ];
    for (const run of runs) {
      await run.says("Sign in once");
      expect((await run.interrupt()).code).toBe(0);
    }
    expect(existsSync(`${folder.data}-environment/operator.token`)).toBe(true);
    expect(existsSync(`${folder.data}/operator.token`)).toBe(true);
  });
});

function start(data = ""): string[] {
  return ["start", "--config", folder.path, "--data", `${folder.data}${data}`];
}
