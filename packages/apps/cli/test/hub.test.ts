import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type IntegrationFolder, integrationFolder } from "./support/integration-folder.ts";
import { processed, runHub } from "./support/run-hub.ts";
import { type Running, rowsOf, runHere, startTrestle, trestle } from "./support/run-trestle.ts";
import { sampleIntegration, sampleMessage } from "./support/sample.ts";
import { undocumented } from "./support/undocumented.ts";

// What a person asks of a hub that runs, each command in a process of its own.

let folder: IntegrationFolder;
let hub: Running;
let environment: Readonly<Record<string, string>>;
let to: readonly string[];

beforeAll(async () => {
  folder = integrationFolder();
  const running = await runHub(folder);
  ({ hub, environment } = running);
  to = ["--to", `127.0.0.1:${running.port}`];
  await send("adt-a08");
  await send("oru-r01");
  await processed(running);
});

afterAll(async () => {
  await hub.interrupt();
  folder.remove();
});

const ask = (...words: string[]) => trestle(words, { environment });

async function send(name: "adt-a08" | "oru-r01" | "siu-s12"): Promise<void> {
  const ended = await trestle(["hl7", "send", sampleMessage(name), ...to]);
  expect(ended).toMatchObject({ code: 0, errors: "" });
  expect(ended.output).toMatch(/^MSA\|AA\|/mu);
}

test("tables terminology: names that the team has loaded are suggested with their version", async () => {
  const file = join(folder.path, "..", "tests.csv");
  writeFileSync(file, "code,display\nT-1,Glowstone in serum\n");
  const data = environment["TRESTLE_DATA"] ?? "";
  const to = ["--system", "https://lab.example/tests", "--version", "7", "--data", data];
  const loaded = await trestle(["tables", "terminology", "load", file, ...to]);
  expect(loaded).toMatchObject({ code: 0, output: "https://lab.example/tests 7: 1 name.\n" });
  const words = ["harbor", "specimen-type", "GLOWSTONE", "--json"];
  expect(rowsOf(await ask("tables", "suggest", ...words))).toMatchObject([
    { code: "T-1", reasons: ["“Glowstone in serum” is a name in https://lab.example/tests 7."] },
  ]);
});

test("tables coverage: says which rows messages used, and which not", async () => {
  const words = ["--table", "gender", "--used", "--json"];
  const ended = await ask("tables", "coverage", "harbor", ...words);
  const rows = rowsOf(ended).filter(({ kind }) => kind !== "unmapped");
  expect(rows).toMatchObject([
    { kind: "table", table: "gender", rows: 0, productUsed: 2 },
    { kind: "row", table: "gender", local: "F", from: "product", count: 1 },
    { kind: "row", table: "gender", local: "M", from: "product", count: 1 },
  ]);
});

test("tables coverage: says which codes of a site's messages have no row, and ends with 3", async () => {
  const ended = await ask("tables", "coverage", "harbor", "--json");
  const rows = rowsOf(ended);
  const missing = rows.filter(({ kind }) => kind === "unmapped");
  expect(missing).toContainEqual(
    expect.objectContaining({
      table: "identifiers",
      local: "EPI",
      count: 2,
      messageIds: ["2", "1"],
    }),
  );
  const note = `${missing.length} codes without a row. Rows are counted since `;
  expect(ended).toMatchObject({ code: 3, errors: expect.stringContaining(note) });
});

describe("messages", () => {
  test("list: newest first, one line each, and the same as rows", async () => {
    const [text, json] = await Promise.all([
      ask("messages", "list"),
      ask("messages", "list", "--json"),
    ]);
    expect(text.output).toMatch(/^2 .*ORU\^R01 .*harbor\/all-in .*\n1 .*ADT\^A08 .* AA {2}.*\n$/u);
    expect(rowsOf(json)).toMatchObject([
      { id: "2", type: "ORU^R01", answer: "AA" },
      { id: "1", type: "ADT^A08", answer: "AA" },
    ]);
    expect([text.code, json.code]).toEqual([0, 0]);
  });

  test("list: filters and the limit hold, and no match is said", async () => {
    const [oru, one, none] = await Promise.all([
      ask("messages", "list", "--type", "ORU", "--json"),
      ask("messages", "list", "--limit", "1", "--json"),
      ask("messages", "list", "--control-id", "none"),
    ]);
    expect(rowsOf(oru).map(({ type }) => type)).toEqual(["ORU^R01"]);
    expect(rowsOf(one)).toHaveLength(1);
    expect(none).toEqual({ code: 0, output: "", errors: "No message matches.\n" });
  });

  test("show: masks patient data unless a purpose is given", async () => {
    const [masked, shown] = await Promise.all([
      ask("messages", "show", "1"),
      ask("messages", "show", "1", "--purpose", "testing"),
    ]);
    expect(masked.errors).toContain("Patient data is masked; give a --purpose");
    expect(masked.output).not.toContain("ABERFORTH");
    expect(shown.output).toContain("PID|1||E900087^^^EPI^EPI~");
    expect(shown.output).toContain("ABERFORTH^RAFAEL");
    expect(shown.output).toMatch(/^ {2}app (?:queued|held)/mu);
    expect([masked.code, shown.code]).toEqual([0, 0]);
  });

  test("show --explain: the result and the source of its values", async () => {
    const words = ["messages", "show", "1", "--purpose", "testing", "--explain"];
    const [text, json] = await Promise.all([ask(...words), ask(...words, "--json")]);
    expect(text.output).toContain('"resourceType": "Patient"');
    expect(text.output).toMatch(/name\[0\]\.family {2}← PID-5\.1$/mu);
    const [message, explained] = rowsOf(json);
    expect(message).toMatchObject({ isRevealed: true, message: { id: "1" } });
    expect(explained).toMatchObject({ bundle: { resourceType: "Bundle" } });
  });

  test("show: a message that is not there ends with 1", async () => {
    const { code, output, errors } = await ask("messages", "show", "999");
    expect({ code, output }).toEqual({ code: 1, output: "" });
    expect(errors).toMatch(/^There is nothing of that name\.\n {2}\S/u);
  });

  test("replay: owes the deliveries once more", async () => {
    const words = ["messages", "replay", "1", "--reason", "The application lost its database"];
    const ended = await ask(...words, "--json");
    expect(rowsOf(ended)).toMatchObject([{ deliveryIds: [expect.any(String)] }]);
    expect(ended.code).toBe(0);
    expect((await ask("messages", "show", "1")).output.match(/^ {2}app /gmu)).toHaveLength(2);
  });

  test("tail: prints what arrives and fits, up to the limit", async () => {
    const words = ["messages", "tail", "--type", "SIU", "--limit", "1", "--json"];
    const tail = startTrestle(words, { environment });
    await tail.says("Waiting for messages");
    await send("siu-s12");
    const ended = await tail.ended;
    expect(rowsOf(ended)).toMatchObject([{ type: "SIU^S12", site: "harbor", channel: "all-in" }]);
    expect(ended.code).toBe(0);
  });

  test("tail: Ctrl+C is its end", async () => {
    const tail = startTrestle(["messages", "tail"], { environment });
    await tail.says("Waiting for messages");
    expect(await tail.interrupt()).toMatchObject({ code: 0, output: "" });
  });
});

describe("the hub itself", () => {
  test("what it refuses ends with 3, its AE is printed, and the list has the reason", async () => {
    const words = ["hl7", "send", "-", ...to];
    const input = "MSH|^~\\&|A|B|C|D|20260115103000||ADT^A01|R1|T|2.5\noops\n";
    const { code, output } = await trestle(words, { input });
    expect(output).toMatch(/^MSA\|AE\|/mu);
    expect(code).toBe(3);
    const list = await ask("messages", "list", "--disposition", "refused", "--json");
    expect(rowsOf(list)).toMatchObject([{ answer: "AE", reason: {} }]);
  });

  test("status: one screen, and the same as one object", async () => {
    const [text, json] = await Promise.all([ask("status"), ask("status", "--json")]);
    expect(text.output).toMatch(/^Harbor Health +\w+ /mu);
    expect(text.output).toMatch(/^ {2}all-in +\w+ /mu);
    expect(text.output).toMatch(/^→ app +\w+ .* queued, \d+ held$/mu);
    expect(rowsOf(json)).toMatchObject([
      { sites: [{ id: "harbor", channels: [{ id: "all-in" }] }], destinations: [{ id: "app" }] },
    ]);
    expect([0, 3]).toContain(text.code);
  });

  test("sign-in: a link on standard output, its validity beside it", async () => {
    const { code, output, errors } = await ask("sign-in");
    expect(output).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sign-in#\S+\n$/u);
    expect(errors).toMatch(/^Valid once, until /u);
    expect(code).toBe(0);
  });

  test("a token of another hub is refused, and said so", async () => {
    const { code, errors } = await trestle(["status"], {
      environment: { ...environment, TRESTLE_TOKEN: "of another hub" },
    });
    expect(errors).toContain("The hub does not know this token.");
    expect(errors).not.toContain("of another hub");
    expect(code).toBe(1);
  });

  test("a second hub on its data folder is refused, and the first goes on", async () => {
    const { code, errors } = await trestle([
      "start",
      "--config",
      folder.path,
      "--data",
      folder.data,
    ]);
    expect(errors).toMatch(/^Another hub runs on this data folder\.[^]*hub\.dataInUse/u);
    expect(code).toBe(1);
    expect((await ask("messages", "list", "--limit", "1")).code).toBe(0);
  });
});

describe("what --json prints has no key that --help does not name", () => {
  const hl7 = [sampleMessage("adt-a08")];
  test.each([
    { name: "messages list", words: [] },
    { name: "messages replay", words: ["1", "--reason", "to see its keys"] },
    { name: "sign-in", words: [] },
    { name: "check", words: ["no-such-folder"] },
    { name: "check", words: [sampleIntegration] },
    { name: "hl7 parse", words: hl7 },
    { name: "hl7 to-fhir", words: [...hl7, "--explain", "--site", "lakeshore"] },
  ])("$name $words", async ({ name, words }) => {
    const config = name === "hl7 to-fhir" ? ["--config", sampleIntegration] : [];
    const all = [...name.split(" "), ...words, ...config, "--json"];
    const rows = rowsOf(await runHere(all, { environment }));
    expect(rows).not.toEqual([]);
    expect(undocumented(name, rows)).toEqual([]);
  });

  test("start", async () => {
    expect(undocumented("start", [await hub.firstRow()])).toEqual([]);
  });

  test("hl7 send", async () => {
    const input = "MSH|^~\\&|A|B|C|D|20260115103000||ADT^A01|R2|T|2.5\noops\n";
    const rows = rowsOf(await trestle(["hl7", "send", "-", "--json", ...to], { input }));
    expect(rows).toMatchObject([{ number: 1, code: "AE" }]);
    expect(undocumented("hl7 send", rows)).toEqual([]);
  });
});

test("a tail of a hub that ends, ends with 1 and says why", async () => {
  const own = integrationFolder();
  const started = await runHub(own);
  const tail = startTrestle(["messages", "tail"], { environment: started.environment });
  await tail.says("Waiting for messages");
  const [stopped, { code, errors }] = await Promise.all([started.hub.interrupt(), tail.ended]);
  expect(stopped.code).toBe(0);
  expect(errors).toContain("The hub ended the connection.");
  expect(code).toBe(1);
  own.remove();
});

test("a hub that was killed is not asked: its port may be somebody else's by now", async () => {
  const own = integrationFolder();
  const { hub: killed, url, environment: itsOwn } = await runHub(own);
  expect(await trestle(["status"], { environment: itsOwn })).toMatchObject({ code: 0 });
  killed.child.kill("SIGKILL");
  await killed.ended;
  let asked = 0;
  const other = createServer((_, response) => {
    asked += 1;
    response.end();
  });
  await new Promise<void>((resolve) => {
    other.listen(Number(new URL(url).port), "127.0.0.1", resolve);
  });
  expect((await trestle(["status"], { environment: itsOwn })).code).toBe(1);
  expect(asked).toBe(0);
  other.close();
  own.remove();
});
