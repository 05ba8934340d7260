import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { eventually } from "@trestle/testkit";
import { codesFolder, observationsOf } from "./code-decisions-folder.ts";
import { type HubProcess, startHubProcess } from "./hub-process.ts";
import type { IntegrationFolder } from "./integration-folder.ts";
import { connectPeer } from "./mllp-peer.ts";
import { startReceiver } from "./receiver.ts";

/** A hub that heard NAX, KAX and MISC at harbor, and remembers many more codes. */
export interface CodesHub {
  readonly hub: HubProcess;
  readonly folder: IntegrationFolder;
  stop(): Promise<void>;
}

/** @param remembered How many codes stand in its state beside those that were heard, once each. */
export async function startCodesHub(remembered: number): Promise<CodesHub> {
  const receiver = await startReceiver();
  const folder = codesFolder(receiver.url, { commitToGit: true });
  const first = await startHubProcess(folder);
  const peer = await connectPeer(first.mllpPort);
  await peer.send(observationsOf("M1", ["NAX", "KAX", "MISC"]));
  await peer.send(observationsOf("M2", ["NAX", "KAX"]));
  await peer.send(observationsOf("M3", ["NAX"]));
  const counted = async () => {
    const path = "/api/v1/unmapped-codes?site=harbor&local=NAX";
    const { items } = await first.ask<{ items: { count: number }[] }>(path);
    return items[0]?.count === 3;
  };
  await eventually("the codes are counted", counted);
  peer.close();
  await first.stop();
  remember(join(folder.data, "state.db"), remembered);
  const hub = await startHubProcess(folder);
  return {
    hub,
    folder,
    async stop() {
      await hub.stop();
      await receiver.stop();
      folder.remove();
    },
  };
}

function remember(file: string, count: number): void {
  const state = new DatabaseSync(file);
  const insert = state.prepare(
    `INSERT INTO unmapped_codes (site, code_table, local, field, count, first_seen_at, last_seen_at, positions)
     VALUES (?, ?, ?, 'OBX-3', 1, 1767225600000, ?, '[1]')`,
  );
  state.exec("BEGIN");
  for (let index = 0; index < count; index += 1) {
    const site = index % 2 === 0 ? "harbor" : "summit";
    const table = index % 5 === 0 ? "units" : "observation-code";
    insert.run(site, table, `CODE-${index}`, 1_767_225_600_000 + index);
  }
  state.exec("COMMIT");
  state.close();
}
