import type { IntegrationFolder } from "./integration-folder.ts";
import { type Running, rowsOf, runHere, startTrestle } from "./run-trestle.ts";

/** A hub in a process of its own, as `trestle start --json` runs it. */
interface RunningHub {
  readonly hub: Running;
  /** What commands need to find it. */
  readonly environment: { readonly TRESTLE_DATA: string };
  readonly url: string;
  /** Port of its MLLP listener. */
  readonly port: number;
}

/** Starts a hub on free ports, and waits until it listens. */
export async function runHub({ path, data }: IntegrationFolder): Promise<RunningHub> {
  const hub = startTrestle(["start", "--config", path, "--data", data, "--json"]);
  const { url, mllp } = (await hub.firstRow()) as { url: string; mllp: { hospital: number } };
  return { hub, environment: { TRESTLE_DATA: data }, url, port: mllp.hospital };
}

/** Resolves when all that the hub acknowledged is processed, and so in its lists. */
export async function processed({ environment }: RunningHub): Promise<void> {
  for (;;) {
    const [overview] = rowsOf(await runHere(["status", "--json"], { environment }));
    if (overview?.["backlog"] === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
