// Writes what the package knows of the standard. Run: npm run knowledge

import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { knowledgeFiles } from "./knowledge.ts";

const files = knowledgeFiles();
const target = new URL("../src/", import.meta.url);
for (const folder of ["knowledge/data/", "knowledge/places/"]) {
  mkdirSync(new URL(folder, target), { recursive: true });
  for (const name of readdirSync(new URL(folder, target))) {
    if (!files.has(`${folder}${name}`)) rmSync(new URL(`${folder}${name}`, target));
  }
}
for (const [path, text] of files) writeFileSync(new URL(path, target), text);
process.stdout.write(`wrote ${files.size} files below packages/protocols/hl7v2/src\n`);
