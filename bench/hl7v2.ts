import { measureParsers } from "../packages/protocols/hl7v2/bench/report.ts";
import type { Report } from "./report.ts";

/** The HL7 v2 parser against others, and how it grows. */
export function hl7v2({ rounds }: { rounds: number }): Promise<Report> {
  return Promise.resolve({ title: "HL7 v2 parser", ...measureParsers({ rounds }) });
}
