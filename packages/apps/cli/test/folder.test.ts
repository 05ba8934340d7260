import { existsSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type IntegrationFolder, integrationFolder } from "./support/integration-folder.ts";
import { rowsOf, runHere, startTrestle, trestle } from "./support/run-trestle.ts";
import { sampleIntegration, sampleMessage } from "./support/sample.ts";

let folder: IntegrationFolder;
beforeEach(() => {
  folder = integrationFolder();
});
afterEach(() => folder.remove());

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

test("check tells what a person should see to beside no problem, and ends with 0", async () => {
  folder.write("sites/harbor/people.yaml", "confirmedOn: 2026-01-10\n");
  const checked = await runHere(["check", folder.path]);
  expect(checked.output).toContain("people.yaml:1:1  note: Nobody is named for dayToDay");
  expect(checked.output).toMatch(/^No problems\. /mu);
  expect(checked.code).toBe(0);
});

describe("the cases of a site", () => {
  const files = "sites/harbor/cases";
  const write = () => {
    folder.write(`${files}/a.yaml`, "given: a.hl7\nexpect: a.json\nbecause: It is female.\n");
    folder.write(`${files}/a.hl7`, readFileSync(sampleMessage("adt-a08"), "utf8"));
  };

  test("are written once by --accept, hold from then on, and tell what came out otherwise", async () => {
    write();
    const before = await runHere(["check", folder.path]);
    expect(before.output).toContain("No expectation is written yet.");
    await runHere(["check", folder.path, "--accept"]);
    const accepted = readFileSync(join(folder.path, files, "a.json"), "utf8");
    folder.write(`${files}/a.json`, accepted.replace('"male"', '"female"'));
    const after = await runHere(["check", folder.path]);
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
