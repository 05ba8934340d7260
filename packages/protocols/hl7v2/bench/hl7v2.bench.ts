// Parse and read, edit and print, against other parsers; growth up to 50 MB; memory of a large field.
// Run: node packages/protocols/hl7v2/bench/hl7v2.bench.ts [rounds], or npm run bench -- hl7v2

import { measureParsers } from "./report.ts";

const { heading, rows, notes } = measureParsers({ rounds: Number(process.argv[2] ?? 7) });
for (const cells of [heading, ...rows]) console.log(cells.join("  |  "));
for (const note of notes) console.log(`- ${note}`);
