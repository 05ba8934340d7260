import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type IntegrationFolder, integrationFolder } from "./support/integration-folder.ts";
import { rowsOf, runHere, trestle } from "./support/run-trestle.ts";

let folder: IntegrationFolder;
beforeEach(() => {
  folder = integrationFolder();
});
afterEach(() => folder.remove());

const hospital = "http: { port: 0 }\nlisteners:\n  hospital: { type: mllp, port: 0 }\n";

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
      ["many", "wide"].map((name) => runHere([...words, `${folder.path}/messages/${name}.hl7`])),
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
      runHere([...words, "-", "--config", folder.path], { input }),
      runHere([...words, "-"], { input }),
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
      const { code, output, errors } = await runHere([...words, file, ...to]);
      expect({ code, output }).toEqual({ code: 3, output: "" });
      expect(errors).toMatch(/trestle\.yaml:2:24 {2}\S/u);
      expect(errors).not.toContain("listenres");
    },
  );

  test("is taken from the folder that the site is taken from, the current one as well", async () => {
    folder.write("trestle.yaml", `${hospital}messages: { maxSegments: 10 }\n`);
    folder.write("../elsewhere/many.hl7", head + "NK1|1|STRUT^OLA\n".repeat(9));
    const file = `${folder.path}/../elsewhere/many.hl7`;
    const ended = await Promise.all(
      ["to-fhir", "validate"].map((command) =>
        trestle(["hl7", command, file, "--site", "harbor"], { folder: folder.path }),
      ),
    );
    for (const { code, errors } of ended) {
      expect(errors).toContain("Raise maxSegments (under messages in trestle.yaml)");
      expect(code).toBe(3);
    }
  });

  test("holds where a site is named too", async () => {
    folder.write("trestle.yaml", `${hospital}messages: { maxSegments: 10 }\n`);
    const input = head + "NK1|1|STRUT^OLA\n".repeat(9);
    const ofFolder = ["--site", "harbor", "--config", folder.path];
    const [mapped, validated, free] = await Promise.all([
      runHere(["hl7", "to-fhir", "-", ...ofFolder], { input }),
      runHere(["hl7", "validate", "-", ...ofFolder], { input }),
      runHere(["hl7", "to-fhir", "-"], { input }),
    ]);
    for (const { code, errors } of [mapped, validated]) {
      expect(errors).toMatch(/message 1: .*more than 10 segments.*\n.*maxSegments/u);
      expect(code).toBe(3);
    }
    expect(free.errors).not.toContain("segments");
    expect(free.output).toContain('"Patient"');
  });
});

test.each([
  {
    limit: "time",
    processing: "timeoutSeconds: 5",
    says: "took more than 5 s, and was ended.\n  Raise timeoutSeconds (under processing in trestle.yaml), or report",
  },
  {
    limit: "memory",
    processing: "memoryMb: 32",
    says: "needed more than 32 MB, and was ended.\n  Raise memoryMb (under processing in trestle.yaml)",
  },
])(
  "a message whose mapping needs more $limit than a hub gives it fails alone",
  async ({ processing, says }) => {
    folder.write("trestle.yaml", `${hospital}processing: { ${processing} }\n`);
    const header =
      "MSH|^~\\&|LAB|TH|HUB|TH|20260115||ORU^R01|1|T|2.5.1\nPID|1||1^^^TH^MR\nOBR|1|1\n";
    const enormous = header + "OBX|1|NM|HGB^Hemoglobin^LAB||13.5|g/dL|||||F\n".repeat(100_000);
    const small = `${header}OBX|1|NM|HGB^Hemoglobin^LAB||13.5|g/dL|||||F\n`;
    folder.write("messages/three.hl7", small + enormous + small);
    const file = `${folder.path}/messages/three.hl7`;
    const ended = await runHere(["hl7", "to-fhir", file, "--json"]);
    expect(rowsOf(ended)).toHaveLength(2);
    expect(ended.errors).toContain(`message 2: The mapping ${says}`);
    expect(ended.code).toBe(3);
  },
);

test("the search for unmapped fields shows what it found when the time of a message is over", async () => {
  folder.write("trestle.yaml", `${hospital}processing: { timeoutSeconds: 5 }\n`);
  const header = "MSH|^~\\&|LAB|TH|HUB|TH|20260115||ORU^R01|1|T|2.5.1\nPID|1||1^^^TH^MR\nOBR|1|1\n";
  const results = "OBX|1|NM|HGB^Hemoglobin^LAB||13.5|g/dL|||||F\nNTE|1||Seen\nZZZ|Word\n".repeat(
    1000,
  );
  folder.write("messages/long.hl7", header + results);
  const file = `${folder.path}/messages/long.hl7`;
  const words = ["hl7", "to-fhir", file, "--unmapped", "--max-mappings", "1000000", "--json"];
  const ended = await runHere(words);
  expect(rowsOf(ended)).toContainEqual(expect.objectContaining({ field: "MSH-3", value: "LAB" }));
  expect(ended.errors).toMatch(/message 1: .*Nothing from .* on was looked at: its time was over/u);
  expect(ended.errors).toContain("Raise timeoutSeconds (under processing in trestle.yaml).");
  expect(ended.errors).not.toMatch(/transform/u);
  expect(ended.code).toBe(3);
});
