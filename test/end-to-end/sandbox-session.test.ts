import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../house/files.ts";
import { environment } from "../house/tools.ts";
import { freePort } from "../support/free-port.ts";

const readme = readFileSync(join(root, "packages/apps/sandbox/README.md"), "utf8");
const session = /```sh\n(?<session>[\s\S]*?)```/u.exec(readme)?.groups?.["session"] ?? "";
const mark = "=== answered";

/** The session as it is written, on a free port, with a mark behind each question. */
function scriptAt(port: number): string {
  const trestle = `"${process.execPath}" "${join(root, "packages/apps/cli/bin/trestle.mjs")}"`;
  const lines = session
    .replaceAll("127.0.0.1:8090", `127.0.0.1:${port}`)
    .replace("npx trestle sandbox", `${trestle} sandbox --http-port ${port}`)
    .split("\n")
    .map((line) =>
      /^(?:fhir ['"]|curl -s "\$ROOT)/u.test(line) ? `${line}\necho "${mark}"` : line,
    );
  return ["set -e", "trap 'kill $!' EXIT", ...lines].join("\n");
}

describe("the session of the sandbox's README", () => {
  let folder = "";
  let answers: readonly string[] = [];
  let ended: { readonly status: number | null; readonly said: string } | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "trestle-session-"));
    const ran = spawnSync("bash", ["-c", scriptAt(await freePort())], {
      cwd: folder,
      env: environment,
      encoding: "utf8",
      timeout: 120_000,
    });
    ended = { status: ran.status, said: ran.stderr };
    answers = ran.stdout.split(mark).map((answer) => answer.trim());
  }, 150_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test("runs to its end", () => {
    expect(ended?.status, ended?.said).toBe(0);
  });

  test("shows a patient who was found by the record number", () => {
    expect(answers[0]).toContain('"resourceType":"Patient"');
    expect(answers[0]).toContain('"value":"900001"');
  });

  test("shows that one demographic finds nobody, with 4101", () => {
    expect(answers[1]).toContain('"total":0');
    expect(answers[1]).toContain('"code":"4101"');
  });

  test("shows what a search of observations needs, 59108", () => {
    expect(answers[2]).toContain("Must have either code or category.");
    expect(answers[2]).toContain('"code":"59108"');
  });

  test("shows a page with a session, whose total is its own", () => {
    expect(answers[3]).toContain('"total":2');
    expect(answers[3]).toMatch(/sessionID=\d\d-[0-9A-F]{32}/u);
  });

  test("shows allergies of nobody refused by an outcome", () => {
    expect(answers[4]).toContain('"resourceType":"OperationOutcome"');
  });

  test("shows XML where nothing is asked for", () => {
    expect(answers[5]).toContain('<CapabilityStatement xmlns="http://hl7.org/fhir">');
  });

  test("leads to the launch page", () => {
    expect(readFileSync(join(folder, "launch.html"), "utf8")).toContain("<form");
  });
});
