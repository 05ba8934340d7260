import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually } from "@trestle/testkit";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import { type IntegrationFolder, integrationFolder } from "../support/integration-folder.ts";
import { connectPeer } from "../support/mllp-peer.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";

let receiver: Receiver;
let folder: IntegrationFolder;
let hub: HubProcess | undefined;

beforeEach(async () => {
  receiver = await startReceiver();
  folder = integrationFolder(receiver.url);
  folder.write(
    "sites/harbor/site.yaml",
    `${site}codeTables:\n  observation-code: { unmapped: hold }\n`,
  );
  folder.write("sites/harbor/tables/observation-code.csv", table("GLU"));
});

afterEach(async () => {
  await hub?.kill();
  await receiver.stop();
  folder.remove();
});

test("codes without a row hold their patients' results over kills, until a person or a row lets them go", async () => {
  hub = await startHubProcess(folder);
  const peer = await connectPeer(hub.mllpPort);
  const sent = [
    result("1", 900_001, "NEW1"),
    result("2", 900_001, "GLU"),
    result("3", 900_002, "GLU"),
    result("4", 900_003, "NEW2"),
  ];
  for (const each of sent) expect(await peer.send(each)).toContain("MSA|AA|");
  await eventually("the other patient's result is delivered", () => messages().includes(3));
  const [fourth, second, first] = await waiting(hub);
  expect(second).toMatchObject({ messageId: "2", state: "queued" });
  expect(first).toMatchObject({ messageId: "1", state: "held", attempts: 0 });
  expect(first?.reason?.text).toBe("The code “NEW1” of the table observation-code has no row.");

  await letGo(hub, fourth);
  await eventually("it goes as it was sent", () => bodyOf(4).includes(localSystem));
  expect(messages()).not.toContain(1);
  expect(messages()).not.toContain(2);
  await hub.kill();

  // The row is there, and the hub dies again while it may be at work on what waits.
  folder.write("sites/harbor/tables/observation-code.csv", table("GLU", "NEW1"));
  hub = await startHubProcess(folder);
  await hub.kill();
  hub = await startHubProcess(folder);
  await eventually("what was held is delivered", () => messages().includes(2));
  expect([...new Set(messages())].filter((id) => id < 3)).toEqual([1, 2]);
  expect(receiver.received.find(({ message }) => message === 1)?.key).toBe(first?.key);
  expect(bodyOf(1)).toContain('"code":"2345-7"');
  expect(bodyOf(1)).not.toContain(localSystem);
});

const localSystem = "urn:trestle:harbor:observation-code";

function bodyOf(id: number): string {
  return receiver.received.find(({ message }) => message === id)?.body ?? "";
}

async function letGo(from: HubProcess, delivery: SeenDelivery | undefined): Promise<void> {
  expect(delivery).toMatchObject({ messageId: "4", state: "held" });
  const body = { decision: "retry", reason: "The laboratory knows this code" };
  const path = `/api/v1/deliveries/${delivery?.id}/decision`;
  expect(await from.ask(path, { method: "POST", body })).toEqual({ state: "queued" });
}

function messages(): readonly number[] {
  return receiver.received.map(({ message }) => message);
}

interface SeenDelivery {
  readonly id: string;
  readonly messageId: string;
  readonly key: string;
  readonly state: string;
  readonly attempts: number;
  readonly reason?: { readonly text: string };
}

/** What is not delivered, the newest first. */
async function waiting(from: HubProcess): Promise<readonly SeenDelivery[]> {
  const page = await from.ask<{ items: readonly SeenDelivery[] }>("/api/v1/deliveries");
  return page.items.filter(({ state }) => state !== "delivered");
}

function table(...locals: readonly string[]): string {
  const rows = locals.map((local) => `${local},Glucose,http://loinc.org,2345-7,mapped,`);
  return ["local,display,system,code,status,note", ...rows, ""].join("\n");
}

function result(controlId: string, patient: number, code: string): string {
  return [
    `MSH|^~\\&|LAB|HH|TRESTLE|TRESTLE|20260115103015||ORU^R01^ORU_R01|${controlId}|T|2.5.1`,
    `PID|1||${patient}^^^HH^MR||BEAM^ADA||19800115|F`,
    `OBR|1||${controlId}^LAB|GLU^Glucose|||20260115100000||||||||||||||||||F`,
    `OBX|1|NM|${code}^Glucose||5.1|mmol/L|||||F`,
    "",
  ].join("\r");
}

const site = `title: Harbor Health
timeZone: America/Chicago
environments:
  nonproduction:
    feeds:
      - listener: hospital
        channels: [all-in]
`;
