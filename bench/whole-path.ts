import { integrationFolder } from "../test/support/integration-folder.ts";
import { startHubProcess } from "../test/support/hub-process.ts";
import { residentMb, runLoad, startServer } from "./measure.ts";
import type { Report } from "./report.ts";

/**
 * MLLP in to webhook answered, at a steady rate: sender, hub and receiver are three processes that
 * share the machine. The backlog is asked for every two seconds.
 */
export async function wholePath({
  seconds,
  rate,
}: {
  seconds: number;
  rate: number;
}): Promise<Report> {
  const receiver = await startServer("servers/webhook-receiver.ts", []);
  const folder = integrationFolder(`http://127.0.0.1:${receiver.port}/`);
  const hub = await startHubProcess(folder);
  const samples: { second: number; backlog: number; queued: number; mb: number }[] = [];
  const started = performance.now();
  const sampler = setInterval(() => {
    hub
      .ask<{ backlog: number; queued: number }>("/api/v1/overview?minutes=5")
      .then(({ backlog, queued }) => {
        const second = Math.round((performance.now() - started) / 1000);
        samples.push({ second, backlog, queued, mb: residentMb(hub.pid) });
      })
      .catch(() => {});
  }, 2000);
  const load = await runLoad({ port: hub.mllpPort, connections: 16, seconds, rate });
  clearInterval(sampler);
  const { received, bytes, drainMs } = await drained(receiver.port, load.sent);
  await hub.stop();
  await receiver.stop();
  folder.remove();
  return reportOf({ load, samples, received, bytes, drainMs, seconds, rate });
}

async function drained(port: number, sent: number) {
  const started = performance.now();
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    const { received, bytes } = (await answer.json()) as { received: number; bytes: number };
    const drainMs = performance.now() - started;
    if (received >= sent || drainMs > 120_000) return { received, bytes, drainMs };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function reportOf(measured: {
  load: Awaited<ReturnType<typeof runLoad>>;
  samples: readonly { second: number; backlog: number; queued: number; mb: number }[];
  received: number;
  bytes: number;
  drainMs: number;
  seconds: number;
  rate: number;
}): Report {
  const { load, samples, received, bytes, drainMs, seconds, rate } = measured;
  const most = Math.max(0, ...samples.map(({ backlog, queued }) => backlog + queued));
  const last = samples.at(-1);
  const memory = Math.max(0, ...samples.map(({ mb }) => mb));
  return {
    title: "Whole path",
    about:
      "From MLLP in to the webhook's answer, at a steady rate that is asked for: sender, hub and receiver are three processes that share the cores. Where fewer messages a second were sent than asked for, the machine gave no more. What waits at the end is delivered afterwards, within “Drained after ms”.",
    heading: [
      "Seconds",
      "Asked/s",
      "Sent/s",
      "ACK p99 ms",
      "Sent",
      "Delivered",
      "Most waiting",
      "Waiting at the end",
      "Drained after ms",
      "Memory MB",
    ],
    rows: [
      [
        seconds,
        rate,
        Math.round(load.rate),
        Number(load.p99.toFixed(1)),
        load.sent,
        received,
        most,
        (last?.backlog ?? 0) + (last?.queued ?? 0),
        Math.round(drainMs),
        Math.round(memory),
      ],
    ],
    notes: [
      `A result is ${Math.round(bytes / Math.max(1, received))} bytes on average. “Waiting” counts entries not processed and deliveries not made; memory is the hub's largest resident set.`,
    ],
  };
}
