import { measureParsers } from "../packages/protocols/hl7v2/bench/report.ts";
import type { Report } from "./report.ts";

/** The HL7 v2 parser against others, and how it grows. */
export function hl7v2({ rounds }: { rounds: number }): Promise<Report> {
  return Promise.resolve({ title: "HL7 v2 parser", about, ...measureParsers({ rounds }) });
}

const about =
  "Each row is one task that every parser does on the same text in one thread: parse and read fields, or parse, edit and print. The figures of a parser are messages a second; “Times the fastest” is Trestle against the fastest of the others, and “Bound” is what Trestle promises, at least.";
