import { once } from "node:events";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, type Socket, connect, createServer } from "node:net";
import { join } from "node:path";
import type { Integration } from "@trestle/integration";
import { openSqliteJournal } from "@trestle/journal";
import { eventually } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Hub, createLog, startHub } from "../src/index.ts";
import {
  type SmallIntegration,
  settingsWith,
  smallIntegration,
} from "./support/small-integration.ts";

const log = createLog("silent");
let folder: SmallIntegration;
let running: Hub[] = [];

beforeEach(() => {
  folder = smallIntegration();
});
afterEach(async () => {
  for (const hub of running) await hub.stop();
  running = [];
  folder.remove();
});

describe("starting", () => {
  test("makes a data folder that this user alone can read, and one sign-in link", async () => {
    const hub = await start();
    expect(statSync(folder.data).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder.data)).toEqual(
      expect.arrayContaining(["hub.lock", "journal.db", "operator.token", "state.db"]),
    );
    expect(statSync(join(folder.data, "operator.token")).mode & 0o777).toBe(0o600);
    expect(hub.signInLink).toMatch(new RegExp(`^${hub.url}/sign-in#\\S+$`, "u"));
    expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
  });

  test.each([
    { what: "console and API", key: "http" as const, code: "api.portTaken" },
    { what: "a listener", key: "mllp" as const, code: "hub.notListening" },
  ])(
    "is refused where the port of $what is taken, and leaves nothing open",
    async ({ key, code }) => {
      const other = createServer();
      other.listen(0, "127.0.0.1");
      await once(other, "listening");
      const { port } = other.address() as AddressInfo;
      await expect(start({ [key]: port })).rejects.toMatchObject({ code, facts: { port } });
      other.close();
      await once(other, "close");
      // The same folder and the same port are free again at once.
      const hub = await start({ [key]: port });
      expect([Number(new URL(hub.url).port), hub.mllpPorts.get("hospital")]).toContain(port);
    },
  );

  test("is refused on a data folder that another hub works on, until that one stops", async () => {
    const first = await start();
    await expect(start()).rejects.toMatchObject({ code: "hub.dataInUse" });
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    await first.stop();
    await start();
  });

  test("is refused where the data folder cannot be made", async () => {
    writeFileSync(folder.data, "a file stands where the folder should be");
    await expect(start()).rejects.toMatchObject({ code: "hub.dataNotWritable" });
  });
});

describe("an address that other machines can reach", () => {
  const open = (lines: readonly string[]) =>
    folder.load(settingsWith().replace("http:\n", `http:\n  host: 0.0.0.0\n${lines.join("")}`));

  test("is refused, at its line, without TLS and without the word that a proxy does it", async () => {
    const loaded = await open([]);
    expect(loaded).toMatchObject({
      ok: false,
      problems: [{ file: "trestle.yaml", line: 2, text: expect.stringContaining("tls") }],
    });
  });

  test("is taken with that word, and the hub runs", async () => {
    const hub = await startOn(integrationOf(await open(["  behindProxy: true\n"])));
    const { port } = new URL(hub.url);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });
});

test("the keys by which sites know the hub live as trestle.yaml says", async () => {
  folder.remove();
  folder = smallIntegration({ "sites/lakeshore/site.yaml": siteWithFhir });
  const own = "keys:\n  algorithm: ES384\n  cacheSeconds: 7200\n  maxAgeSeconds: 600\n";
  const hub = await startOn(integrationOf(await folder.load(settingsWith() + own)));
  const answer = await fetch(`${hub.url}/.well-known/jwks.json`);
  expect(answer.headers.get("cache-control")).toBe("public, max-age=600");
  expect(await answer.json()).toMatchObject({ keys: [{ alg: "ES384" }] });
});

test("explanations of many people are made one after the other, and no queue of them grows", async () => {
  const hub = await start();
  const sender = await connected(hub);
  sender.write(frame("long", 3000));
  await once(sender, "data");
  const token = readFileSync(join(folder.data, "operator.token"), "utf8").trim();
  const ask = (path: string) =>
    fetch(`${hub.url}/api/v1/messages${path}`, { headers: { authorization: `Bearer ${token}` } });
  const listed = async () => ((await (await ask("")).json()) as { items: { id: string }[] }).items;
  await eventually("it is processed", async () => (await listed()).length === 1);
  const [message] = await listed();
  const explain = () => ask(`/${message?.id ?? ""}/explanation`);
  const replies = await Promise.all([explain(), explain(), explain(), explain()]);
  expect(replies.map(({ status }) => String(status)).toSorted()).toEqual([
    "200",
    "200",
    "503",
    "503",
  ]);
  const refused = replies.find(({ status }) => status === 503);
  expect(await refused?.json()).toMatchObject({
    code: "hub.explainBusy",
    hint: expect.stringContaining("Try again"),
  });
  sender.destroy();
});

describe("stopping", () => {
  test("answers what came in whole, and every answer has its entry", async () => {
    const hub = await start();
    const sender = await connected(hub);
    const answers = textOf(sender);
    const count = 200;
    for (let number = 1; number <= count; number += 1) sender.write(frame(`C${number}`));
    await once(sender, "data");
    await hub.stop();
    const acknowledged = (await answers).match(/MSA\|AA\|C\d+/gu) ?? [];
    expect(acknowledged.length).toBeGreaterThan(0);

    const journal = openSqliteJournal(join(folder.data, "journal.db"));
    expect(journal.last()).toBe(acknowledged.length);
    await journal.close();
  });

  test("does not wait for a sender that is silent in the middle of a message", async () => {
    const hub = await start();
    const sender = await connected(hub);
    sender.write(frame("half").subarray(0, 30));
    const closed = once(sender, "close");
    await hub.stop();
    await closed;
    await expect(connected(hub)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await expect(fetch(`${hub.url}/healthz`)).rejects.toThrow();
  });

  test("twice is the same as once", async () => {
    const hub = await start();
    await hub.stop();
    await hub.stop();
  });
});

async function start(ports: { http?: number; mllp?: number } = {}): Promise<Hub> {
  return startOn(integrationOf(await folder.load(settingsWith(ports))));
}

async function startOn(integration: Integration): Promise<Hub> {
  const hub = await startHub({ integration, data: folder.data, log });
  running.push(hub);
  return hub;
}

function integrationOf(loaded: Awaited<ReturnType<SmallIntegration["load"]>>): Integration {
  if (!loaded.ok) throw new Error(loaded.problems.map(({ text }) => text).join("\n"));
  return loaded.integration;
}

async function connected(hub: Hub): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port: hub.mllpPorts.get("hospital") ?? 0 });
  await once(socket, "connect");
  return socket.on("error", () => {});
}

async function textOf(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
  await once(socket, "close");
  return text;
}

const siteWithFhir = `title: Lakeshore Health
timeZone: America/Chicago
environments:
  nonproduction:
    feeds:
      - listener: hospital
        channels: [all-in]
        sendingFacilities: [LH]
    fhir:
      baseUrl: http://127.0.0.1:9/fhir
      clientId: planner
`;

function frame(controlId: string, contacts = 0): Buffer {
  const more = Array.from({ length: contacts }, (_, index) => `NK1|${index}|STRUT^OLA|Spouse\r`);
  const text = `MSH|^~\\&|EHR|HH|T|T|20260115103000||ADT^A08|${controlId}|T|2.5\rPID|1||7^^^HH^MR\r${more.join("")}`;
  return Buffer.from(`\u{0B}${text}\u{1C}\r`);
}
