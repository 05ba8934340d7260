import { readFileSync } from "node:fs";

/** The text of a data file that `npm run knowledge` wrote. Called at the first use of each. */
export function readKnowledgeFile(name: string): string {
  return readFileSync(new URL(`../knowledge/data/${name}.txt`, import.meta.url), "latin1");
}
