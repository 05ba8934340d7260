import { loadIntegration } from "@trestle/integration";
import { codeTables } from "@trestle/mapping/configuration";

/** Loads a folder as a hub does, then looks every code of every site up, round after round. */
const [folder = ""] = process.argv.slice(2);
const before = performance.now();
const loaded = await loadIntegration(folder);
if (!loaded.ok) throw new Error(`${loaded.problems.length} problems`);
const tables = [...loaded.integration.sites.values()].map((site) => codeTables(site.tables));
const loadSeconds = (performance.now() - before) / 1000;
const memoryMb = process.resourceUsage().maxRSS / 1024;

const wanted = tables.flatMap((each) =>
  each.rows("observation-code").map(({ local }) => ({ tables: each, local })),
);
let found = 0;
let lookUps = 0;
const from = performance.now();
while (performance.now() - from < 1000) {
  for (const { tables: each, local } of wanted) {
    if (each.find("observation-code", local) !== undefined) found += 1;
  }
  lookUps += wanted.length;
}
const lookUpNs = ((performance.now() - from) * 1e6) / lookUps;
if (found !== lookUps) throw new Error(`${lookUps - found} codes were not found`);
process.stdout.write(`${JSON.stringify({ loadSeconds, memoryMb, lookUpNs })}\n`);
