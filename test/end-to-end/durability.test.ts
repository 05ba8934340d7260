import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually } from "@trestle/testkit";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import { type IntegrationFolder, integrationFolder } from "../support/integration-folder.ts";
import { admission } from "../support/messages.ts";
import { type MllpPeer, connectPeer } from "../support/mllp-peer.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";

const kills = 8;
const senders = 4;

let receiver: Receiver;
let folder: IntegrationFolder;

beforeEach(async () => {
  receiver = await startReceiver();
  folder = integrationFolder(receiver.url, ["firstRetrySeconds: 0.05", "maxRetrySeconds: 0.2"]);
});

afterEach(async () => {
  await receiver.stop();
  folder.remove();
});

/** What one sender was promised, kept outside the hub. Each sender is one patient. */
interface Ledger {
  readonly patient: number;
  next: number;
  readonly acknowledged: string[];
}

test("kill -9 under load: what was acknowledged is delivered, in patient order, over many kills", async () => {
  const ledgers: Ledger[] = Array.from({ length: senders }, (_, index) => ({
    patient: 900_000 + index,
    next: 1,
    acknowledged: [],
  }));
  for (let round = 0; round < kills; round += 1) {
    const hub = await startHubProcess(folder);
    const sending = ledgers.map((ledger) => sendUntilCut(hub, ledger));
    // A different moment each time, from the first messages to a busy pump.
    await eventually(
      "enough was sent in this round",
      () => sentOf(ledgers) > (round + 1) * 60 + round * 17,
    );
    await hub.kill();
    await Promise.all(sending);
  }
  const hub = await startHubProcess(folder);
  const acknowledged = ledgers.flatMap((ledger) => ledger.acknowledged);
  const delivered = () => new Set(receiver.received.map(({ body }) => controlIdOf(body)));
  await eventually("all that was acknowledged is delivered", () => {
    const seen = delivered();
    return acknowledged.every((controlId) => seen.has(controlId));
  });
  await hub.stop();
  expect(acknowledged.length).toBeGreaterThan(kills * 50);
  for (const ledger of ledgers) expectOrder(ledger);
  expectSameKeyForRepeats();
}, 120_000);

/** Sends one message after the other until the connection breaks, as a hospital's interface does. */
async function sendUntilCut(hub: HubProcess, ledger: Ledger): Promise<void> {
  let peer: MllpPeer | undefined;
  try {
    peer = await connectPeer(hub.mllpPort);
    for (;;) {
      const controlId = `${ledger.patient}-${ledger.next}`;
      const answer = await peer.send(admission({ controlId, patient: ledger.patient }));
      expect(answer).toContain(`MSA|AA|${controlId}`);
      ledger.acknowledged.push(controlId);
      ledger.next += 1;
    }
  } catch (error) {
    // The kill: the message under way is not acknowledged and will be sent again.
    if (error instanceof Error && error.name === "AssertionError") throw error;
  } finally {
    peer?.close();
  }
}

function sentOf(ledgers: readonly Ledger[]): number {
  return ledgers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
}

/** The first arrival of each message, in the order of arrival, must be the order of sending. */
function expectOrder(ledger: Ledger): void {
  const prefix = `${ledger.patient}-`;
  const first = new Set(
    receiver.received
      .map(({ body }) => controlIdOf(body))
      .filter((controlId) => controlId.startsWith(prefix)),
  );
  const numbers = [...first].map((controlId) => Number(controlId.slice(prefix.length)));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
}

/** At least once: a repeat is allowed, but only under the key of the first. */
function expectSameKeyForRepeats(): void {
  const keys = new Map<string, string>();
  for (const { body, key } of receiver.received) {
    const controlId = controlIdOf(body);
    expect(keys.get(controlId) ?? key).toBe(key);
    keys.set(controlId, key);
  }
}

/** The result names its message: the source of its Provenance carries the control id. */
function controlIdOf(body: string): string {
  const found = /"value":"(?<id>9\d{5}-\d+)"/u.exec(body)?.groups?.["id"];
  if (found === undefined) throw new Error("a result does not name its message");
  return found;
}
