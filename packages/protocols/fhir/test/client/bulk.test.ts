import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually, sliced, temporaryFolder } from "@trestle/testkit";
import * as fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { type ExportState, type Exported, readExportState } from "../../src/client/index.ts";
import { linesOf } from "../../src/client/lines.ts";
import { HTML_PAGE, outcomeOf } from "../support/invented.ts";
import { failureOf, opened, renewing } from "../support/opened.ts";
import {
  type Heard,
  type Reply,
  type Script,
  baseOf,
  inTurn,
  scriptedServer,
} from "../support/scripted-server.ts";

const status = "/BulkRequest/0A";
const kickOff = (heard: Heard): Reply => ({
  status: 202,
  headers: { "content-location": `${baseOf(heard)}${status}` },
});

/** A server with an export of these files, which is ready at once. */
function exporting(files: Readonly<Record<string, Script>>, more: object = {}): Script {
  return (heard, index) => {
    if (heard.path.endsWith("$export")) return kickOff(heard);
    if (heard.path === status) return { body: manifestOf(heard, Object.keys(files), more) };
    return files[heard.path.slice(1)]?.(heard, index) ?? { status: 404 };
  };
}

function manifestOf(heard: Heard, files: readonly string[], more: object) {
  const listed = (name: string) => ({
    type: name.split("-", 1)[0],
    url: `${baseOf(heard)}/${name}`,
  });
  return {
    transactionTime: "2026-01-05T12:00:00Z",
    requiresAccessToken: "true",
    output: files.filter((name) => !name.startsWith("error")).map(listed),
    error: files.filter((name) => name.startsWith("error")).map(listed),
    ...more,
  };
}

function file(type: string, count: number): Reply {
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({ resourceType: type, id: `${type}${index}` }),
  );
  return { headers: { "content-type": "application/fhir+ndjson" }, body: `${lines.join("\n")}\n` };
}

async function everything(stream: AsyncIterable<Exported>) {
  const seen: string[] = [];
  for await (const one of stream)
    seen.push(one.kind === "notice" ? one.kind : String(one.resource.id));
  return seen;
}

describe("the beginning", () => {
  test.each([
    { of: { group: "e.G/1" }, path: "/Group/e.G%2F1/$export" },
    { of: "patients" as const, path: "/Patient/$export" },
    { of: "system" as const, path: "/$export" },
  ])("is asked for at $path", async ({ of, path }) => {
    const { client, server } = await opened(kickOff);
    const types = ["Patient", "Observation"];
    const state = await client.startExport({ of, types, since: "2026-01-01T00:00:00Z" });
    expect(server.heard[0]).toMatchObject({ path, headers: { prefer: "respond-async" } });
    expect(server.heard[0]?.query.get("_type")).toBe("Patient,Observation");
    expect(readExportState(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  test.each<[string, Reply, object]>([
    [
      "a page for a level that is not served",
      { status: 404, body: HTML_PAGE },
      { code: "fhir.notServed" },
    ],
    [
      "an export too soon",
      { status: 400, body: outcomeOf("fatal", "processing", "59130") },
      { code: "fhir.requestRefused", facts: { code: "59130" } },
    ],
    ["no address of its state", { status: 202 }, { code: "fhir.writeUnclear" }],
    ["a failure after which it may have begun", { status: 500 }, { failure: "ambiguous" }],
  ])("%s is an error, and asked for once", async (_, reply, expected) => {
    const { client, server } = await opened(inTurn(reply));
    expect(await failureOf(client.startExport({ of: "system" }))).toMatchObject(expected);
    expect(server.heard).toHaveLength(1);
  });
});

describe("the wait", () => {
  test("asks as often as the server wishes, through outages, and tells the progress", async () => {
    const replies: readonly Reply[] = [
      { status: 202, headers: { "retry-after": "120", "x-progress": "10%" } },
      { status: 202, headers: { "x-progress": "50%" } },
      { status: 202, headers: { "retry-after": "86400" } },
      { status: 429, headers: { "retry-after": "300" } },
    ];
    const { client, clock } = await opened(
      (heard, index) => {
        if (index === 0) return kickOff(heard);
        return replies[index - 1] ?? { body: manifestOf(heard, [], {}) };
      },
      { settings: { bulk: { pollSeconds: 60, maxPollSeconds: 1800 }, retry: { maxAttempts: 1 } } },
    );
    const progress: string[] = [];
    const state = await client.startExport({ of: "system" });
    const ready = await client.awaitExport(state, { onProgress: (said) => progress.push(said) });
    expect(ready).toMatchObject({ files: [], needsToken: true });
    expect(clock.waits).toEqual([120_000, 60_000, 1_800_000, 300_000]);
    expect(progress).toEqual(["10%", "50%"]);
  });

  test("ends after horizonHours, and may go on with the same state", async () => {
    const { client } = await opened(
      (heard, index) => (index === 0 ? kickOff(heard) : { status: 202 }),
      { settings: { bulk: { horizonHours: 1, pollSeconds: 600 } } },
    );
    const state = await client.startExport({ of: "system" });
    expect(await failureOf(client.awaitExport(state))).toMatchObject({
      code: "fhir.exportUnfinished",
      failure: "transient",
    });
  });

  test.each<[string, Reply, string]>([
    ["an export that is gone", { status: 404 }, "fhir.exportGone"],
    [
      "an export that failed",
      { status: 400, body: outcomeOf("fatal", "exception") },
      "fhir.requestRefused",
    ],
    ["a page in place of the manifest", { body: HTML_PAGE }, "fhir.notFhir"],
  ])("%s is an error", async (_, reply, code) => {
    const { client } = await opened((heard, index) => (index === 0 ? kickOff(heard) : reply));
    const state = await client.startExport({ of: "system" });
    expect(await failureOf(client.awaitExport(state))).toMatchObject({ code });
  });
});

describe("the files", () => {
  async function readyOf(script: Script, wishes = {}) {
    const made = await opened(script, wishes);
    const state = await made.client.startExport({ of: "system" });
    return { ...made, state: await made.client.awaitExport(state) };
  }

  test("are read line by line, errors as notices", async () => {
    const { client, state } = await readyOf(
      exporting({
        "Patient-1": () => file("Patient", 2),
        "Observation-1": () => file("Observation", 1),
        "error-1": () => ({ body: JSON.stringify(outcomeOf("error", "forbidden", "59204")) }),
      }),
    );
    expect(await everything(client.exported(state))).toEqual([
      "Patient0",
      "Patient1",
      "Observation0",
      "notice",
    ]);
  });

  test("a state between two lines goes on with the next", async () => {
    const { client, state } = await readyOf(
      exporting({ "Patient-1": () => file("Patient", 3), "Device-1": () => file("Device", 2) }),
    );
    const states: ExportState[] = [];
    for await (const { state: behind } of client.exported(state)) states.push(behind);
    const all = ["Patient0", "Patient1", "Patient2", "Device0", "Device1"];
    for (const [index, behind] of states.entries()) {
      const kept = readExportState(JSON.parse(JSON.stringify(behind)));
      expect(await everything(client.exported(kept))).toEqual(all.slice(index + 1));
    }
  });

  test("a connection that ends in the middle is begun again, and nothing comes twice", async () => {
    let tries = 0;
    const { client, state } = await readyOf(
      exporting({
        "Patient-1": () => {
          tries += 1;
          const reply = file("Patient", 50);
          return tries < 3 && typeof reply === "object"
            ? { ...reply, cutAfter: 700 * tries }
            : reply;
        },
      }),
    );
    const seen = await everything(client.exported(state));
    expect(seen).toEqual(Array.from({ length: 50 }, (_, index) => `Patient${index}`));
    expect(tries).toBe(3);
  });

  test("an old token is renewed between two files", async () => {
    const { client, state } = await readyOf(
      exporting({
        "Patient-1": () => file("Patient", 1),
        "Patient-2": ({ headers }) =>
          headers.authorization === "Bearer token-1" ? { status: 401 } : file("Patient", 1),
      }),
      { authorization: renewing() },
    );
    expect(await everything(client.exported(state))).toHaveLength(2);
  });

  test("an address that gives access by itself does not get the token", async () => {
    const seen: (string | undefined)[] = [];
    const { client, state } = await readyOf(
      exporting(
        {
          "Patient-1": ({ headers }) => {
            seen.push(headers.authorization);
            return file("Patient", 1);
          },
        },
        { requiresAccessToken: false },
      ),
      { authorization: renewing() },
    );
    await everything(client.exported(state));
    expect(seen).toEqual([undefined]);
  });

  test("a line that is no resource is a notice, and one beyond maxLineBytes an error", async () => {
    const { client, state } = await readyOf(
      exporting({ "Patient-1": () => ({ body: `{"broken\n${"x".repeat(2000)}` }) }),
      { settings: { bulk: { maxLineBytes: 1024 } } },
    );
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { kind } of client.exported(state)) seen.push(kind);
    })();
    expect(await failureOf(reading)).toMatchObject({ code: "fhir.answerTooLarge" });
    expect(seen).toEqual(["notice"]);
  });

  test.each<Reply>([{ status: 410 }, { status: 404, body: outcomeOf("fatal", "not-found") }])(
    "a file that is gone says that the export is: $status",
    async (reply) => {
      const { client, state } = await readyOf(exporting({ "Patient-1": () => reply }));
      expect(await failureOf(everything(client.exported(state)))).toMatchObject({
        code: "fhir.exportGone",
      });
    },
  );

  test("a redirect leads to the file, within the site alone", async () => {
    const { client, state } = await readyOf(
      exporting({
        "Patient-1": () => ({ status: 307, headers: { location: "stored-1" } }),
        "stored-1": () => file("Patient", 2),
      }),
    );
    expect(
      await everything(client.exported({ ...state, files: state.files?.slice(0, 1) })),
    ).toEqual(["Patient0", "Patient1"]);
    const elsewhere = await readyOf(
      exporting({
        "Patient-1": () => ({ status: 302, headers: { location: "https://files.example/1" } }),
      }),
    );
    expect(await failureOf(everything(elsewhere.client.exported(elsewhere.state)))).toMatchObject({
      code: "fhir.foreignAddress",
    });
  });

  test("a reader that stops early gives its place back", async () => {
    const { client, state } = await readyOf(
      exporting({ "Patient-1": () => file("Patient", 500) }),
      {
        settings: { maxConcurrent: 1 },
      },
    );
    for (let time = 0; time < 3; time += 1) {
      for await (const { kind } of client.exported(state)) {
        expect(kind).toBe("resource");
        break;
      }
    }
  });
});

test.each([202, 404])("cancelling answers %i", async (code) => {
  const { client, server } = await opened((heard, index) =>
    index === 0 ? kickOff(heard) : { status: code },
  );
  await client.cancelExport(await client.startExport({ of: "system" }));
  expect(server.heard[1]).toMatchObject({ method: "DELETE", path: status });
});

test.each([{}, null, "x", { version: 2 }, { version: 1, statusUrl: 1 }])(
  "a state that is none is refused: %j",
  (kept) => {
    expect(() => readExportState(kept)).toThrow("fhir.badExportState");
  },
);

test("lines survive any slicing of the stream", async () => {
  const text = fc.stringMatching(/^[ -~äß€]{0,20}$/u);
  await fc.assert(
    fc.asyncProperty(fc.array(text), fc.array(fc.nat({ max: 9 })), async (lines, sizes) => {
      const pieces = sliced(Buffer.from(lines.join("\r\n")), sizes);
      const read: string[] = [];
      for await (const line of linesOf(streamOf(pieces), 1000)) read.push(line);
      expect(read).toEqual(lines.map((line) => line.trim()).filter((line) => line !== ""));
    }),
  );
});

test("a process that is killed in the middle of an export goes on where its state stands", async () => {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const count = 400;
  let isHeld = true;
  const server = await scriptedServer(
    exporting({
      "Patient-1": () => file("Patient", count),
      // The first process never gets all of the second file.
      "Device-1": () => {
        const reply = file("Device", count);
        return isHeld && typeof reply === "object" ? { ...reply, holdAfter: 9000 } : reply;
      },
    }),
  );
  onTestFinished(() => server.close());
  const stateFile = join(folder.path, "state.json");
  const outFile = join(folder.path, "out.txt");
  const words = [server.baseUrl, stateFile, outFile];

  const first = start(words);
  await eventually("the first process reads the second file", () => linesIn(outFile) > count);
  first.kill("SIGKILL");
  await ended(first);
  const seenByFirst = linesIn(outFile);
  isHeld = false;
  expect(await ended(start(words))).toBe(0);

  const ids = readFileSync(outFile, "utf8").trim().split("\n");
  expect(new Set(ids).size).toBe(2 * count);
  // What was read behind the last kept state comes again, and no more than that.
  expect(ids.length - 2 * count).toBeLessThanOrEqual(1);
  expect(seenByFirst).toBeLessThan(2 * count);
  expect(server.heard.filter(({ path }) => path.endsWith("$export"))).toHaveLength(1);
});

function start(words: readonly string[]): ChildProcess {
  const script = fileURLToPath(new URL("../support/exporting-process.ts", import.meta.url));
  return spawn(process.execPath, [script, ...words], { stdio: ["ignore", "ignore", "inherit"] });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once("exit", (code) => resolve(code));
  });
}

function linesIn(path: string): number {
  try {
    return readFileSync(path, "utf8").split("\n").length - 1;
  } catch {
    return 0;
  }
}

async function* streamOf(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}
