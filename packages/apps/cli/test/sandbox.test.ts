import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listen, mllpListener } from "@trestle/mllp";
import { readyProfiles } from "@trestle/sandbox";
import { eventually } from "@trestle/testkit";
import { expect, onTestFinished, test, vi } from "vitest";
import { rememberProgress } from "../src/io/sandbox-progress.ts";
import { tellUnanswered } from "../src/io/tell-unanswered.ts";
import { rowsOf, runHere, startTrestle, trestle } from "./support/run-trestle.ts";
import { undocumented } from "./support/undocumented.ts";

test.each([
  { answer: "AA", code: 0, counts: { sent: 20, answered: 20, refused: 0, unsent: 0 } },
  { answer: "AE", code: 3, counts: { sent: 20, refused: 20 } },
])("sandbox: twenty messages answered by $answer end with $code", async (expected) => {
  const { listener, to } = await receiver(expected.answer);
  const words = [
    "sandbox",
    "--no-http",
    "--count",
    "20",
    "--rate",
    "1000",
    "--patients",
    "5",
    "--json",
    ...to,
  ];
  const ended = await trestle(words);
  await listener.close();
  expect(rowsOf(ended)).toMatchObject([expected.counts]);
  expect(undocumented("sandbox", rowsOf(ended))).toEqual([]);
  expect(ended.code).toBe(expected.code);
});

test("sandbox: says so when nobody acknowledges, and when its life stands still for that", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trestle-profile-"));
  const profile = join(folder, "small.yaml");
  writeFileSync(profile, "limits: { maxUnsent: 7 }\n");
  const words = ["sandbox", "--no-http", "--rate", "1000", "--to", "127.0.0.1:9"];
  const running = startTrestle([...words, "--profile", profile]);
  await running.says("7 messages wait");
  await running.says("Nobody acknowledges at 127.0.0.1:9.");
  const { code, output } = await running.interrupt();
  rmSync(folder, { recursive: true });
  expect({ code, output }).toEqual({
    code: 0,
    output: "0 sent, 0 accepted, 0 refused, 7 still to send.\n",
  });
});

test("sandbox: tells once that nobody acknowledges, however rare the tries, until somebody does", () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const told: string[] = [];
  const running = { sent: 0, reconnects: 0, unsent: 1, isFull: false };
  const out = { note: (text: string) => void told.push(text) };
  onTestFinished(tellUnanswered(running, { to: "127.0.0.1:9", out }));
  const second = (now: Partial<typeof running>) => {
    Object.assign(running, now);
    vi.advanceTimersByTime(1000);
    return told.length;
  };
  expect([second({ reconnects: 1 }), second({}), second({ reconnects: 2 })]).toEqual([1, 1, 1]);
  expect([second({ sent: 1 }), second({ reconnects: 3 })]).toEqual([1, 2]);
  // Life stands still more than once while a slow receiver works off what waits.
  const full = { sent: 2, unsent: 9, isFull: true };
  const slow = [second(full), second({ sent: 3, isFull: false }), second({ ...full, sent: 4 })];
  expect(slow).toEqual([3, 3, 3]);
  expect([second({ sent: 9, unsent: 0, isFull: false }), second({ ...full, sent: 10 })]).toEqual([
    3, 4,
  ]);
});

test("sandbox: serves FHIR where nobody takes its messages, and tells where", async () => {
  const words = ["sandbox", "--http-port", "0", "--to", "127.0.0.1:9", "--patients", "5"];
  const running = startTrestle([...words, "--profile", "older-release"]);
  let told = "";
  running.child.stderr.on("data", (text: string) => (told += text));
  await running.says("its token");
  const base = /FHIR +(?<base>http\S+)/u.exec(told)?.groups?.["base"] ?? "";
  const response = await fetch(`${base}/metadata`, { headers: { accept: "application/json" } });
  expect(await response.json()).toMatchObject({ software: { version: "May 2024" } });
  expect((await running.interrupt()).code).toBe(0);
});

test("sandbox: lives on without a receiver where it sends nothing", async () => {
  const words = ["sandbox", "--no-hl7", "--http-port", "0", "--patients", "5", "--count", "200"];
  const ended = await trestle([...words, "--rate", "10000"]);
  expect(ended).toMatchObject({ code: 0, output: "0 sent, 0 accepted, 0 refused.\n" });
  expect(ended.errors).toContain("sending none of them");
});

test("sandbox: refuses to do nothing, and a token that is easy to guess", async () => {
  const nothing = await trestle(["sandbox", "--no-hl7", "--no-http"]);
  expect([nothing.code, nothing.errors]).toEqual([2, expect.stringContaining("nothing to do")]);
  const environment = { TRESTLE_SANDBOX_ADMIN_TOKEN: "sesame" };
  const short = await trestle(["sandbox", "--http-port", "0"], { environment });
  expect([short.code, short.errors]).toEqual([2, expect.stringContaining("16 to 200 characters")]);
  expect(short.errors).not.toContain("sesame");
});

test("sandbox: tells no token that it was given", async () => {
  const token = "open-sesame-for-the-tests";
  const words = ["sandbox", "--no-hl7", "--http-port", "0", "--patients", "5"];
  const running = startTrestle(words, { environment: { TRESTLE_SANDBOX_ADMIN_TOKEN: token } });
  let told = "";
  running.child.stderr.on("data", (text: string) => (told += text));
  await running.says("Ctrl+C ends it.");
  const admin = /Admin API +(?<url>http\S+)/u.exec(told)?.groups?.["url"] ?? "";
  const answer = await fetch(admin, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  expect((await running.interrupt()).errors).not.toContain(token);
});

test("sandbox: its help names each ready profile, and where the token of the admin API comes from", async () => {
  const { output } = await runHere(["sandbox", "--help"]);
  const hospitals = new Set(readdirSync("integrations/three-sites/sites"));
  const kinds = (await readyProfiles()).filter((name) => !hospitals.has(name));
  for (const name of [...kinds, "integrations/three-sites"]) expect(output).toContain(name);
  expect(output).toContain("TRESTLE_SANDBOX_ADMIN_TOKEN");
});

test("sandbox: refuses an address by which no client could reach it", async () => {
  for (const url of ["fhir.example.org", "ftp://fhir.example.org"]) {
    const { code, errors } = await runHere(["sandbox", "--public-url", url]);
    expect([code, errors]).toEqual([2, expect.stringContaining("--public-url: give an address")]);
  }
});

test("sandbox: says which profiles there are where it cannot read one", async () => {
  const { code, errors } = await trestle(["sandbox", "--profile", "no-such", "--http-port", "0"]);
  expect(code).toBe(1);
  expect(errors).toContain("locked-down");
});

test("sandbox: ends where its pathways lead to nothing, and says so", async () => {
  const pathways = mkdtempSync(join(tmpdir(), "trestle-pathways-"));
  const steps = "steps:\n  - { do: register, after: 1h..6h }\n";
  writeFileSync(join(pathways, "life.yaml"), `title: Only registered\nweight: 1\n${steps}`);
  const words = ["sandbox", "--no-hl7", "--http-port", "0", "--patients", "2"];
  const { code, errors } = await trestle([...words, "--rate", "1000", "--pathways", pathways]);
  rmSync(pathways, { recursive: true });
  expect(errors).toContain("sandbox.nothingHappens");
  expect(code).toBe(1);
});

test("demo: the simulated hospital goes on after a restart where it was", async () => {
  const data = mkdtempSync(join(tmpdir(), "trestle-demo-"));
  const before = 40;
  const lives = { seed: 1, patients: 20 };
  await rememberProgress(data, lives)
    .follow({ sent: before, stop: () => Promise.resolve() })
    .stop();
  // One that begins anew says a smaller number, and one that sends all again a far larger one.
  const after = await demo(data, before);
  expect(after).toBeGreaterThan(before);
  expect(after).toBeLessThan(before + 10);
  expect(rememberProgress(data, lives).sent).toBe(after);
  expect(rememberProgress(data, { ...lives, seed: 2 }).sent).toBe(0);
  expect(rememberProgress(data, { ...lives, patients: 21 }).sent).toBe(0);
  rmSync(data, { recursive: true });
});

test("a hospital that remembers in a folder goes on there, and tells nothing twice", async () => {
  const { listener, told, to } = await receiver("AA");
  const data = join(mkdtempSync(join(tmpdir(), "trestle-hospital-")), "new");
  const words = [
    "sandbox",
    ...to,
    "--no-http",
    "--rate",
    "1000",
    "--patients",
    "20",
    "--count",
    "5",
  ];
  await trestle([...words, "--data", data]);
  await trestle([...words, "--data", data]);
  expect(new Set(told).size).toBe(10);
  await trestle(words);
  expect(told.slice(10)).toEqual(told.slice(0, 5));
  const file = join(data, "..", "file");
  writeFileSync(file, "");
  expect(await trestle([...words, "--data", file])).toMatchObject({ code: 2 });
  await listener.close();
});

/** Who answers every message with the same code, and what was told there. */
async function receiver(answer: string) {
  const told: string[] = [];
  const listener = await listen(mllpListener.parse({ port: 0 }), {
    onMessage: async ({ payload }) => {
      const text = Buffer.from(payload).toString("utf8");
      told.push(text);
      const controlId = text.split("|")[9] ?? "";
      return Buffer.from(`MSH|^~\\&|R|R|S|S|20260115||ACK|1|T|2.5\rMSA|${answer}|${controlId}\r`);
    },
    onProblem: async () => undefined,
  });
  return { listener, told, to: ["--to", `127.0.0.1:${listener.port}`] };
}

/** Runs the demo until it says another number of messages than before; gives the last one. */
async function demo(data: string, before: number): Promise<number> {
  const ports = ["--port", "0", "--http-port", "0", "--mllp-port", "0"];
  const life = ["--no-sample", "--patients", "20", "--rate", "0.1"];
  const running = startTrestle(["demo", "--data", data, ...life, ...ports]);
  await running.says("Simulated hospital");
  const sent = () => {
    const text = readFileSync(join(data, "sandbox.json"), "utf8");
    // The file is empty for a moment where it is being written.
    return text === "" ? before : (JSON.parse(text) as { sent: number }).sent;
  };
  await eventually("it says how many it sent", () => sent() !== before);
  const { code, errors } = await running.interrupt();
  expect(code).toBe(0);
  const told = errors.split("\n").filter((line) => line.startsWith("  "));
  expect(told.length).toBeGreaterThan(6);
  for (const line of told) expect(line).toMatch(/^ {2}\S.{18} \S/u);
  return sent();
}
