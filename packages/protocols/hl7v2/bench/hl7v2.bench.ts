// Parse and read, edit and print, against other parsers; growth; memory of a large field.
// Run: node packages/protocols/hl7v2/bench/hl7v2.bench.ts, or npm run bench -- hl7v2

import { compare } from "./compare.ts";

for (const row of compare()) console.log(row);
