import { parseMessage } from "@trestle/hl7v2";
import { codeTables, createMapper, printBundle } from "../src/index.ts";
import { reveal } from "@trestle/base";
import { admission, result } from "../bench/messages.ts";
const ids = [["LKS^MR", "MR"],["EPI", "PI"],["VN", "VN"],["PROVID", "PRN"],["HIS", "PLAC"],["LAB", "FILL"],["LKS", "EI"]].map(([local = "", code = ""]) => ({ local, display: "", system: `urn:example:${local}`, code, status: "mapped" as const, note: "" }));
const site = { id: "lakeshore", timeZone: "America/Chicago", tables: codeTables(new Map([["identifiers", ids]])) };
const mapper = createMapper();
const write = process.argv[2] === "oru" ? result : admission;
const t = performance.now(); let n = 0; let len = 0;
while (performance.now() - t < 5000) { n++; const m = parseMessage(write(n)); if (!m.ok) throw new Error(""); len += printBundle(reveal(mapper.map(m.value, site).bundle)).length; }
console.log((n / 5).toFixed(0), "/s", len / n);
