import { integrationFolder } from "../test/support/integration-folder.ts";
import { startHubProcess } from "../test/support/hub-process.ts";
import { admission } from "../test/support/messages.ts";
import { connectPeer } from "../test/support/mllp-peer.ts";
import { median, residentMb } from "./measure.ts";
import type { Report } from "./report.ts";

/** From the start of the process to the first acknowledgement, and memory after ten idle seconds. */
export async function start({ runs }: { runs: number }): Promise<Report> {
  const starts: number[] = [];
  const memories: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const folder = integrationFolder("http://127.0.0.1:9/");
    const before = performance.now();
    const hub = await startHubProcess(folder);
    const peer = await connectPeer(hub.mllpPort);
    await peer.send(admission({ controlId: "1", patient: 900_000 }));
    starts.push(performance.now() - before);
    peer.close();
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    memories.push(residentMb(hub.pid));
    await hub.stop();
    folder.remove();
  }
  return {
    title: "Start and idle",
    about:
      "From the start of the process to its first acknowledgement, and the resident memory of the hub after ten seconds without traffic; medians.",
    heading: ["Start to first ACK ms", "Idle memory MB", "Runs"],
    rows: [[Math.round(median(starts)), Math.round(median(memories)), runs]],
    notes: [],
  };
}
