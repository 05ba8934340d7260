import { createRequire } from "node:module";
import { openFhirClient } from "@trestle/fhir/client";
import { Client as FhirKitClient } from "fhir-kit-client";
import { Pool } from "undici";
import { median, startServer } from "./measure.ts";
import type { Report } from "./report.ts";

/** The FHIR client against bare undici, and against other clients, on the same pages. */
export async function fhirClient({ rounds }: { rounds: number }): Promise<Report> {
  const server = await startServer("servers/fhir-pages.ts", []);
  const origin = `http://127.0.0.1:${server.port}`;
  try {
    const rows = [
      ...(await measured(`${origin}/plain`, rounds, "numbers lose nothing")),
      ...(await measured(`${origin}/exact`, rounds, "150 numbers a page end in zero")),
    ];
    return { title: "FHIR client", about, heading, rows, notes };
  } finally {
    await server.stop();
  }
}

type Task = () => Promise<number>;

/** What a task took. */
interface Took {
  readonly wallMs: number;
  /** Of this process alone, so that neither the server nor other processes count. */
  readonly cpuMs: number;
}

/** One table of rows: all tasks in turn, round after round, so that they share what disturbs them. */
async function measured(baseUrl: string, rounds: number, what: string) {
  const pool = new Pool(new URL(baseUrl).origin, { connections: 1, pipelining: 1 });
  const trestle = openFhirClient({ settings: { baseUrl } });
  const tasks: Readonly<Record<string, Task>> = {
    "bare undici": () => bare(pool, baseUrl),
    Trestle: async () => {
      let resources = 0;
      for await (const page of trestle.search("Observation").pages())
        resources += page.matches.length;
      return resources;
    },
    "Trestle, resource by resource": async () => {
      let resources = 0;
      for await (const { kind } of trestle.search("Observation"))
        if (kind === "match") resources += 1;
      return resources;
    },
    "fhir-kit-client": () => withFhirKit(baseUrl),
    fhirclient: () => withFhirclient(baseUrl),
  };
  const times = await timesOf(tasks, rounds);
  await trestle.close();
  await pool.close();
  const base = times.get("bare undici") ?? [];
  return [...times].map(([name, all]) => [
    what,
    name,
    median(all.map(({ wallMs }) => wallMs)).toFixed(1),
    above(all, base, "wallMs"),
    median(all.map(({ cpuMs }) => cpuMs)).toFixed(1),
    above(all, base, "cpuMs"),
  ]);
}

async function timesOf(
  tasks: Readonly<Record<string, Task>>,
  rounds: number,
): Promise<Map<string, Took[]>> {
  const times = new Map<string, Took[]>(Object.keys(tasks).map((name) => [name, []]));
  for (let round = -WARM_UP; round < rounds; round += 1) {
    for (const [name, task] of rotated(Object.entries(tasks), round + WARM_UP)) {
      const startedAt = performance.now();
      const cpuBefore = process.cpuUsage();
      const resources = await task();
      const { user, system } = process.cpuUsage(cpuBefore);
      const took = {
        wallMs: performance.now() - startedAt,
        cpuMs: (user + system) / 1000,
      };
      if (resources !== 1000) throw new Error(`${name} found ${resources} resources`);
      if (round >= 0) times.get(name)?.push(took);
    }
  }
  return times;
}

/** Begins elsewhere in each round, so that what one leaves to collect falls on all others in turn. */
function rotated<T>(list: readonly T[], by: number): readonly T[] {
  const first = by % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}

/** Round by round, then the median: what disturbs one round disturbs both sides of its ratio. */
function above(times: readonly Took[], base: readonly Took[], what: keyof Took): string {
  const ratio = median(times.map((took, round) => took[what] / (base[round] ?? took)[what]));
  return `${((ratio - 1) * 100).toFixed(1)} %`;
}

async function bare(pool: Pool, baseUrl: string): Promise<number> {
  let path: string | undefined = `${new URL(baseUrl).pathname}/Observation`;
  let resources = 0;
  const headers = { accept: "application/fhir+json" };
  while (path !== undefined) {
    const { body } = await pool.request({ method: "GET", path, headers });
    const bundle = (await body.json()) as Bundle;
    resources += bundle.entry.length;
    const next = bundle.link.find(({ relation }) => relation === "next")?.url;
    path = next?.slice(new URL(baseUrl).origin.length);
  }
  return resources;
}

async function withFhirKit(baseUrl: string): Promise<number> {
  const client = new FhirKitClient({ baseUrl });
  let bundle = (await client.search({ resourceType: "Observation" })) as unknown as
    | Bundle
    | undefined;
  let resources = 0;
  while (bundle !== undefined) {
    resources += bundle.entry.length;
    bundle = (await client.nextPage({ bundle: bundle as never })) as unknown as Bundle | undefined;
  }
  return resources;
}

async function withFhirclient(baseUrl: string): Promise<number> {
  const client = openSmart({}, {}, {}).client(baseUrl);
  return (await client.request("Observation", { pageLimit: 0, flat: true })).length;
}

/**
 * As `fhirclient` offers itself to servers. Its own types bring in those of browsers, which would then
 * hold for this whole repository.
 */
type OpenSmart = (
  request: object,
  response: object,
  storage: object,
) => {
  client(baseUrl: string): {
    request(path: string, options: object): Promise<readonly unknown[]>;
  };
};

const require = createRequire(import.meta.url);
const openSmart = require("fhirclient") as OpenSmart;

interface Bundle {
  readonly entry: readonly unknown[];
  readonly link: readonly { readonly relation: string; readonly url: string }[];
}

const WARM_UP = 5;

const heading = ["pages", "client", "ms", "above bare undici", "CPU ms", "CPU above bare undici"];

const about =
  "1,000 laboratory results in 20 pages of 50 entries (70 KB each), one page after the other, from a server in another process that has them ready. Bare undici is `Pool.request` and `body.json()`, which loses the zeros at the end of numbers, as the other clients do; Trestle keeps them.";

const notes = [
  "Times are medians over rounds in which all clients took their turn; what stands above bare undici is the median of each round's own ratio.",
  "CPU is the client's process alone: on a machine that others use, it says more than the time on the wall.",
  "Bound: Trestle stays under 10 % above bare undici on either kind of page, and takes less time than either other client.",
  "Each client is used as its documentation shows, with one connection at a time.",
];
