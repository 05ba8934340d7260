import { once } from "node:events";
import { readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { eventually } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Hub, createLog, startHub } from "../src/index.ts";
import {
  type SmallIntegration,
  settingsWith,
  smallIntegration,
} from "./support/small-integration.ts";

// What a running hub does with a changed folder, asked by its API.

let folder: SmallIntegration;
let hub: Hub;

beforeEach(async () => {
  folder = smallIntegration();
  const loaded = await folder.load(settingsWith());
  if (!loaded.ok) throw new Error(loaded.problems.map(({ text }) => text).join("\n"));
  const { integration } = loaded;
  hub = await startHub({ integration, data: folder.data, log: createLog("silent") });
});

afterEach(async () => {
  await hub.stop();
  folder.remove();
});

function write(file: string, text: string): void {
  writeFileSync(join(folder.path, "integration", file), text);
}

async function ask(path: string, body?: object): Promise<Record<string, unknown>> {
  const token = readFileSync(join(folder.data, "operator.token"), "utf8").trim();
  const reply = await fetch(`${hub.url}/api/v1${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (await reply.json()) as Record<string, unknown>;
}

const reload = () => ask("/configuration/reload", {});

test.each([
  { what: "a port", from: "port: 0", to: "port: 1", line: 2, name: "http.port" },
  {
    what: "a limit of a listener",
    from: "type: mllp",
    to: "type: mllp\n    maxFrameBytes: 65536",
    line: 6,
    name: "listeners.hospital.maxFrameBytes",
  },
])(
  "$what takes a restart: refused at its line, with all that came with it",
  async ({ from, to, line, name }) => {
    write("trestle.yaml", settingsWith().replace(from, to));
    write("destinations/app.yaml", "type: webhook\nurl: http://127.0.0.1:9/other\n");
    expect(await reload()).toMatchObject({
      outcome: "refused",
      revision: hub.revision,
      refused: {
        count: 1,
        problems: [
          {
            file: "trestle.yaml",
            line,
            code: "integration.needsRestart",
            text: `${name} is other than the hub was started with. It takes a restart of the hub.`,
          },
        ],
      },
    });
    write("trestle.yaml", settingsWith());
    expect(await reload()).toMatchObject({
      outcome: "applied",
      change: { files: [{ file: "destinations/app.yaml", change: "changed", count: 1 }] },
    });
  },
);

test("limits of messages hold for the next message", async () => {
  expect(await said("one")).toContain("MSA|AA|one");
  write("trestle.yaml", `${settingsWith()}messages:\n  maxBytes: 1024\n`);
  expect(await reload()).toMatchObject({ outcome: "applied" });
  expect(await said("two", 2000)).toContain("MSA|AE|two");
  expect(await said("three")).toContain("MSA|AA|three");
});

test("a dialect that this hub does not have is refused at its line", async () => {
  write(
    "sites/harbor/site.yaml",
    `${site}    fhir:
      baseUrl: http://127.0.0.1:9/fhir
      clientId: us
      dialect: martian
`,
  );
  expect(await reload()).toMatchObject({
    outcome: "refused",
    refused: {
      problems: [{ file: "sites/harbor/site.yaml", line: 11, code: "hub.unknownDialect" }],
    },
  });
});

test("a site begins to answer over FHIR, and ends, without a restart", async () => {
  const fhir = "    fhir:\n      baseUrl: http://127.0.0.1:9/fhir\n      clientId: us\n";
  const sites = async () => (await ask("/fhir-sites"))["items"];
  expect(await sites()).toEqual([]);
  write("sites/harbor/site.yaml", `${site}${fhir}`);
  expect(await reload()).toMatchObject({ outcome: "applied" });
  expect(await sites()).toMatchObject([{ site: "harbor" }]);
  write("sites/harbor/site.yaml", site);
  expect(await reload()).toMatchObject({ outcome: "applied" });
  expect(await sites()).toEqual([]);
});

describe("a destination", () => {
  test("that is gone keeps what is owed to it in sight, and gets it once it is back", async () => {
    const got: string[] = [];
    const server = createServer((request, response) => {
      got.push(String(request.headers["idempotency-key"]));
      request.resume().on("end", () => response.end());
    });
    expect(await said("one")).toContain("MSA|AA|one");
    await eventually("it is owed", async () => (await waiting()).length === 1);
    write("destinations/other.yaml", "type: webhook\nurl: http://127.0.0.1:9/other\n");
    write("channels/all-in.yaml", channelTo("other"));
    unlinkSync(join(folder.path, "integration/destinations/app.yaml"));
    expect(await reload()).toMatchObject({ outcome: "applied" });
    expect(await waiting()).toEqual(["app"]);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    write("destinations/app.yaml", `type: webhook\nurl: http://127.0.0.1:${port}/\n`);
    write("channels/all-in.yaml", channelTo("app"));
    await reload();
    const [delivery] = (await ask("/deliveries"))["items"] as { id: string }[];
    await ask(`/deliveries/${delivery?.id ?? ""}/decision`, {
      decision: "retry",
      reason: "The destination is back",
    });
    // It waits until the answer is written, which comes after the request.
    await eventually("it is delivered", async () => (await waiting()).length === 0);
    expect(got).toHaveLength(1);
    server.close();
    server.closeAllConnections();
  });
});

test("many who ask at once get an answer each, and one change is made", async () => {
  write("destinations/app.yaml", "type: webhook\nurl: http://127.0.0.1:9/other\n");
  const replies = await Promise.all(Array.from({ length: 6 }, reload));
  const outcomes = replies.map(({ outcome }) => outcome);
  expect(outcomes).toContain("applied");
  const { items } = (await ask("/configuration")) as { items: unknown[] };
  expect(items).toHaveLength(2);
});

/** Destinations that something waits for. */
async function waiting(): Promise<readonly string[]> {
  const { destinations } = (await ask("/overview?minutes=5")) as {
    destinations: { id: string; queued: number; held: number }[];
  };
  return destinations.filter(({ queued, held }) => queued + held > 0).map(({ id }) => id);
}

/** What the hub says to a message. */
async function said(controlId: string, more = 0): Promise<string> {
  const socket = connect(hub.mllpPorts.get("hospital") ?? 0, "127.0.0.1");
  const note = more === 0 ? "" : `NTE|1||${"x".repeat(more)}\r`;
  const header = `MSH|^~\\&|S|SF|R|RF|20260115||ADT^A08|${controlId}|T|2.5.1\r`;
  socket.write(`\u000B${header}PID|1||E900001^^^EPI^EPI||BEAM^ADA\r${note}\u001C\r`);
  const [answer] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return answer.toString();
}

function channelTo(destination: string): string {
  return `title: Everything
source:
  type: mllp
  listener: hospital
accepts: ["*"]
routes:
  - to: ${destination}
`;
}

const site = `title: Harbor Health
timeZone: America/Chicago
environments:
  nonproduction:
    feeds:
      - listener: hospital
        channels: [all-in]
`;
