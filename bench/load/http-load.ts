import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Pool } from "undici";

/**
 * Asks for addresses over HTTP, one after the other and from the start again, and prints what it
 * measured as JSON. A process of its own, so that what it takes does not count as the server's.
 */
const { values } = parseArgs({
  options: {
    origin: { type: "string", default: "" },
    /** A file with a path on each line. */
    paths: { type: "string", default: "" },
    token: { type: "string", default: "" },
    connections: { type: "string", default: "8" },
    seconds: { type: "string", default: "5" },
    /** It goes on after its time until it has sent so many. */
    least: { type: "string", default: "0" },
  },
});

const paths = readFileSync(values.paths, "utf8").trim().split("\n");
const connections = Number(values.connections);
const pool = new Pool(values.origin, { connections, pipelining: 1 });
const headers = {
  authorization: `Bearer ${values.token}`,
  accept: "application/fhir+json",
};
const latencies: number[] = [];
const least = Number(values.least);
let next = 0;
let refused = 0;
let bytes = 0;

const started = performance.now();
const end = started + Number(values.seconds) * 1000;
await Promise.all(Array.from({ length: connections }, () => ask()));
const elapsed = (performance.now() - started) / 1000;
await pool.close();

const sorted = latencies.toSorted((a, b) => a - b);
const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)];
const measured = {
  sent: latencies.length,
  refused,
  bytes,
  rate: latencies.length / elapsed,
  p50: at(0.5),
  p99: at(0.99),
};
process.stdout.write(`${JSON.stringify(measured)}\n`);

async function ask(): Promise<void> {
  while (performance.now() < end || next < least) {
    const path = paths[next % paths.length] ?? "/";
    next += 1;
    const before = performance.now();
    const { statusCode, body } = await pool.request({ method: "GET", path, headers });
    bytes += (await body.arrayBuffer()).byteLength;
    latencies.push(performance.now() - before);
    if (statusCode !== 200) refused += 1;
  }
}
