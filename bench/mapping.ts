import { measureMapping } from "../packages/engine/mapping/bench/report.ts";
import type { Report } from "./report.ts";

/** Mapping to FHIR, against the cost of printing its result. */
export function mapping({ seconds }: { seconds: number }): Promise<Report> {
  return Promise.resolve({ title: "Mapping", about, ...measureMapping({ seconds }) });
}

const about =
  "HL7 v2 to FHIR R4 in one thread: each message is parsed and mapped, and its Bundle printed as JSON.";
