import { readFileSync, readdirSync } from "node:fs";
import { parseMessage, decodeMessage } from "@trestle/hl7v2";
import { reveal } from "@trestle/base";
import { createMapper, codeTables } from "../src/index.ts";
import { r4Problems } from "./r4.ts";
const site = { id: "lakeshore", timeZone: "America/Chicago", tables: codeTables(new Map()) };
const mapper = createMapper();
const dir = "/work/shared/corpora/hl7/";
const files = readdirSync(dir + "converter-samples").map((f) => [f, readFileSync(dir + "converter-samples/" + f)] as const);
const sim = readFileSync(dir + "simulated-hospital/messages.hl7", "utf8").split("\n").filter(Boolean).map((t, i) => ["sim" + i, Buffer.from(t)] as const);
const counts = new Map<string, number>(); const bad = new Map<string, number>(); let same = 0;
for (const [f, bytes] of [...files, ...sim]) {
  const d = decodeMessage(bytes); if (!d.ok) { console.log(f, d.problem.code); continue; }
  const m = parseMessage(d.value.text); if (!m.ok) { console.log(f, m.problem.code, m.problem.at); continue; }
  try {
    const a = mapper.map(m.value, site); const e = mapper.explain(m.value, site);
    if (JSON.stringify(reveal(a.bundle)) !== JSON.stringify(reveal(e.bundle))) console.log("DIFF", f); 
    for (const s of e.sources) if (!s.field && !s.row && !s.rule) console.log("NOSRC", f, s.path);
    counts.set(e.outcome, (counts.get(e.outcome) ?? 0) + 1);
    for (const w of e.warnings) { const k = w.code + (process.argv[2]==="w" ? " " + w.text.replace(/\[\d+\]/g, "") : ""); counts.set(k, (counts.get(k) ?? 0) + 1); }
    for (const p of r4Problems(reveal(e.bundle))) { const k = p.replace(/\[\d+\]/g, ""); bad.set(k, (bad.get(k) ?? 0) + 1); if ((bad.get(k) ?? 0) < 3) console.log(f, p); }
  } catch (error) { console.log("THROW", f, error); }
}
console.log([...counts].sort((a,b)=>b[1]-a[1])); console.log([...bad]);
