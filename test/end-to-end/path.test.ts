import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "@trestle/testkit";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import { type IntegrationFolder, integrationFolder } from "../support/integration-folder.ts";
import { admission } from "../support/messages.ts";
import { connectPeer } from "../support/mllp-peer.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";

interface Message {
  readonly id: string;
  readonly controlId: string;
  readonly type: string;
  readonly answer: string;
  readonly outcome: string;
  readonly disposition: string;
  readonly reason?: { readonly code: string };
}

let receiver: Receiver;
let folder: IntegrationFolder;
let hub: HubProcess;

beforeAll(async () => {
  receiver = await startReceiver();
  folder = integrationFolder(receiver.url, ["firstRetrySeconds: 0.05"]);
  hub = await startHubProcess(folder);
});

afterAll(async () => {
  await hub.stop();
  await receiver.stop();
  folder.remove();
});

describe("one message, from the socket to the application", () => {
  test("is acknowledged, listed, explained value by value, and delivered", async () => {
    const answer = await send(admission({ controlId: "P1", patient: 900_101 }));
    expect(answer).toContain("MSA|AA|P1");
    const message = await visible("P1");
    expect(message).toMatchObject({ type: "ADT^A08", answer: "AA", disposition: "accepted" });
    expect(message.outcome).toMatch(/^mapped/u);
    // The receiver has it a moment before the hub has written down that it was taken.
    const show = () =>
      hub.ask<{ wire: string; deliveries: { state: string }[] }>(`/api/v1/messages/${message.id}`, {
        purpose: "testing",
      });
    await eventually(
      "its delivery is settled",
      async () => (await show()).deliveries[0]?.state === "delivered",
    );
    expect(delivered("P1")).toHaveLength(1);
    const shown = await show();
    expect(shown.wire).toContain("BEAM^ADA");
    expect(shown.deliveries).toHaveLength(1);

    const explained = await hub.ask<{
      sources: { path: string; field?: string }[];
      bundle: object;
    }>(`/api/v1/messages/${message.id}/explanation`, { purpose: "testing" });
    expect(explained.sources.find(({ field }) => field === "PID-5.1")?.path).toMatch(
      /name\[0\]\.family$/u,
    );
  });

  test("shows no patient data to who gave no purpose", async () => {
    await send(admission({ controlId: "P2", patient: 900_102 }));
    const message = await visible("P2");
    const [shown, explained] = await Promise.all([
      hub.ask<object>(`/api/v1/messages/${message.id}`),
      hub.ask<object>(`/api/v1/messages/${message.id}/explanation`),
    ]);
    expect(JSON.stringify([shown, explained])).not.toMatch(
      /BEAM|900102|19800115|1980-01-15|555-0100/u,
    );
  });

  test("is delivered again on replay, marked as such and under a key of its own", async () => {
    await send(admission({ controlId: "P3", patient: 900_103 }));
    const message = await visible("P3");
    await eventually("it is delivered", () => delivered("P3").length === 1);
    await hub.ask(`/api/v1/messages/${message.id}/replay`, {
      method: "POST",
      body: { reason: "testing the replay" },
    });
    await eventually("it is delivered again", () => delivered("P3").length === 2);
    const [first, second] = delivered("P3");
    expect([first?.isReplay, second?.isReplay]).toEqual([false, true]);
    expect(first?.key).not.toBe(second?.key);
  });

  test("becomes part of the patient's record, and a merge moves it to the survivor", async () => {
    await send(admission({ controlId: "M1", patient: 900_201 }));
    await send(admission({ controlId: "M2", patient: 900_202, given: "EVE" }));
    await send(merge("M3", 900_201, 900_202));
    await visible("M3");
    const found = await hub.ask<{ items: { id: string }[] }>("/api/v1/patients/search", {
      method: "POST",
      body: { search: "900202" },
      purpose: "testing",
    });
    expect(found.items).toHaveLength(1);
    const record = await hub.ask<{
      patient: { identifiers: { value: string }[] };
      merged: string[];
    }>(`/api/v1/patients/${found.items[0]?.id ?? ""}`, { purpose: "testing" });
    expect(record.merged).toHaveLength(1);
    expect(record.patient.identifiers.map(({ value }) => value)).toContain("900201");
  });
});

describe("what cannot be taken", () => {
  test.each([
    { what: "bytes that are no HL7", text: "hello", code: "hl7v2.noHeader", answer: "AE" },
    {
      what: "a broken segment",
      text: `${admission({ controlId: "B1", patient: 900_301 })}oops\r`,
      code: "hl7v2.notASegment",
      answer: "AE",
    },
  ])("$what is refused with its reason, kept and shown", async ({ text, code, answer }) => {
    expect(await send(text)).toContain(`MSA|${answer}`);
    await eventually("it is shown", async () => {
      const { items } = await hub.ask<{ items: Message[] }>("/api/v1/messages?disposition=refused");
      return items.some(({ reason }) => reason?.code === code);
    });
  });
});

describe("who may ask", () => {
  test.each(["/api/v1/messages", "/api/v1/overview", "/api/v1/patients", "/api/v1/events"])(
    "%s is closed to who is not signed in",
    async (path) => {
      const response = await fetch(new URL(path, hub.url));
      expect(response.status).toBe(401);
      expect(response.headers.get("content-type")).toContain("application/problem+json");
    },
  );

  test("the sign-in link works once", async () => {
    const token = new URL(hub.signInLink ?? "").hash.slice(1);
    const redeem = () =>
      fetch(new URL("/api/v1/sign-in", hub.url), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ token, name: "Test Person" }),
      });
    const first = await redeem();
    expect(first.status).toBe(200);
    expect(first.headers.get("set-cookie")).toMatch(/HttpOnly.*SameSite=Strict/u);
    expect((await redeem()).status).toBeGreaterThanOrEqual(400);
  });
});

const foreignClient = "/usr/bin/mllp_send";
const hasForeignClient = existsSync(foreignClient);
if (!hasForeignClient) {
  if (process.env["CI"] === "true") throw new Error("python3-hl7 is not installed");
  process.stdout.write("skipped: no mllp_send here (Debian's python3-hl7)\n");
}

test.skipIf(!hasForeignClient)(
  "a foreign client gets its AA, and a second later the message is in the API",
  async () => {
    const file = join(folder.data, "foreign.hl7");
    writeFileSync(file, admission({ controlId: "X1", patient: 900_401 }));
    const words = ["--loose", "-p", String(hub.mllpPort), "-f", file, "127.0.0.1"];
    const { stdout } = await promisify(execFile)(foreignClient, words, { timeout: 20_000 });
    expect(stdout).toContain("MSA|AA|X1");
    await eventually("it is in the API", async () => (await find("X1")) !== undefined, 1000);
  },
);

async function send(text: string): Promise<string> {
  const peer = await connectPeer(hub.mllpPort);
  const answer = await peer.send(text);
  peer.close();
  return answer;
}

async function find(controlId: string): Promise<Message | undefined> {
  const { items } = await hub.ask<{ items: Message[] }>(`/api/v1/messages?controlId=${controlId}`);
  return items[0];
}

async function visible(controlId: string): Promise<Message> {
  let found: Message | undefined;
  await eventually(`message ${controlId} is visible`, async () => {
    found = await find(controlId);
    return found !== undefined;
  });
  if (found === undefined) throw new Error("unreachable");
  return found;
}

function delivered(controlId: string) {
  return receiver.received.filter(({ body }) => body.includes(`"${controlId}"`));
}

function merge(controlId: string, survivor: number, gone: number): string {
  return [
    `MSH|^~\\&|EHR|HH|TRESTLE|TRESTLE|20260116080000|39248|ADT^A40^ADT_A39|${controlId}|T|2.5.1`,
    "EVN|A40|20260116080000",
    `PID|1||E${survivor}^^^EPI^EPI~${survivor}^^^HH^MR||BEAM^ADA^TEST`,
    `MRG|E${gone}^^^EPI^EPI~${gone}^^^HH^MR||||||BEAM^EVE`,
    "",
  ].join("\r");
}
