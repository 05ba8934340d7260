import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { type ExportState, openFhirClient, readExportState } from "../../src/client/index.ts";

// Exports everything into a file, one id a line, and keeps its state after each. A test kills it.

const [baseUrl = "", stateFile = "", outFile = ""] = process.argv.slice(2);
const client = openFhirClient({ settings: { baseUrl } });
const state = existsSync(stateFile)
  ? readExportState(JSON.parse(readFileSync(stateFile, "utf8")))
  : await client.startExport({ of: "system" });
keep(state);
const ready = await client.awaitExport(state);
keep(ready);
for await (const exported of client.exported(ready)) {
  if (exported.kind !== "resource") continue;
  appendFileSync(outFile, `${exported.resource.id}\n`);
  keep(exported.state);
}
await client.close();

function keep(state: ExportState): void {
  writeFileSync(`${stateFile}.new`, JSON.stringify(state));
  renameSync(`${stateFile}.new`, stateFile);
}
