import { systemRandom } from "@trestle/base";
import { connectMllp } from "@trestle/mllp";
import { expect, test } from "vitest";
import { integrationFolder } from "./support/integration-folder.ts";
import { processed, runHub } from "./support/run-hub.ts";
import { rowsOf, trestle } from "./support/run-trestle.ts";

test("SIGTERM under load: the hub ends with 0, and what it acknowledged is there afterwards", async () => {
  const folder = integrationFolder();
  const { hub, port } = await runHub(folder);

  const acknowledged: string[] = [];
  const enough = Promise.withResolvers<void>();
  const senders = Array.from({ length: 8 }, (_, sender) =>
    sendUntilRefused(port, `S${sender}N`, (controlId) => {
      acknowledged.push(controlId);
      if (acknowledged.length >= 400) enough.resolve();
    }),
  );
  await enough.promise;
  hub.child.kill("SIGTERM");
  const { code, errors } = await hub.ended;
  await Promise.all(senders);
  expect(errors).toContain("Stopping: what came in whole is answered");
  expect(code).toBe(0);

  const again = await runHub(folder);
  await processed(again);
  const { environment } = again;
  const list = await trestle(["messages", "list", "--json", "--limit", "100000"], { environment });
  expect(await again.hub.interrupt()).toMatchObject({ code: 0 });
  const stored = new Set(rowsOf(list).map(({ controlId }) => controlId));
  expect(acknowledged.filter((controlId) => !stored.has(controlId))).toEqual([]);
  // Of each sender at most the message under way may be there without its acknowledgement.
  expect(stored.size - acknowledged.length).toBeLessThanOrEqual(senders.length);
  folder.remove();
});

/** Sends one message after the other, as long as each is accepted. */
async function sendUntilRefused(
  port: number,
  prefix: string,
  onAccepted: (controlId: string) => void,
): Promise<void> {
  const client = connectMllp({ host: "127.0.0.1", port, random: systemRandom });
  try {
    for (let number = 0; ; number += 1) {
      const controlId = `${prefix}${number}`;
      const text = `MSH|^~\\&|EHR|HH|T|T|20260115103000||ADT^A08|${controlId}|T|2.5\rPID|1||7^^^HH^MR\r`;
      const answer = Buffer.from(await client.send(Buffer.from(text))).toString("utf8");
      expect(answer).toContain(`MSA|AA|${controlId}`);
      onAccepted(controlId);
    }
  } catch (error) {
    expect(error).toMatchObject({ name: "TrestleError" });
  } finally {
    await client.close();
  }
}
