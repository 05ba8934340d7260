import { expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";

/**
 * Far above what any of these takes where the work grows with the message, far below what it takes
 * where each segment looks at all others.
 */
const enoughSeconds = 5;

const many = (count: number, write: (number: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index + 1));

test.each([
  {
    what: "lines of a document, of which all but one are withdrawn",
    segments: [
      "MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|20260301100000||MDM^T02|1|T|2.5.1",
      "PID|1||900001^^^LKS^MR||BEAM^ADA",
      "TXA|1|DS|TX|20260301||||||||D1^EHR",
      ...many(
        4_000,
        (number) =>
          `OBX|${number}|TX|1^LINE^L||line ${number}||||||${number === 4_000 ? "F" : "D"}`,
      ),
    ],
  },
  {
    what: "roles that somebody has no more",
    segments: [
      "MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|20260301100000||ADT^A08|1|T|2.5.1",
      "PID|1||900001^^^LKS^MR||BEAM^ADA",
      ...many(2_000, (number) => `ROL|${number}|DE|CM|D${number}^PIKE^OTIS|20200101|20210101`),
    ],
  },
  {
    what: "facts about a vaccine",
    segments: [
      "MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|20260301100000||VXU^V04|1|T|2.5.1",
      "PID|1||900001^^^LKS^MR||BEAM^ADA",
      "ORC|RE||F1^IIS",
      "RXA|0|1|20260301||08^HEP B^CVX|1",
      ...many(
        2_000,
        (number) => `OBX|${2 * number}|CE|69764-9^DOC^LN|${number}|253^VIS^CDCGS1VIS||||||F`,
      ),
      ...many(
        2_000,
        (number) => `OBX|${2 * number}|CE|31044-1^REACTION^LN|${number}|FEVER^Fever^L||||||F`,
      ),
    ],
  },
  {
    what: "notes below results",
    segments: [
      "MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|20260301100000||ORU^R01|1|T|2.5.1",
      "PID|1||900001^^^LKS^MR||BEAM^ADA",
      "OBR|1|P1^EHR|F1^LAB|GLU^GLUCOSE^L|||20260301",
      ...many(4_000, (number) => `OBX|${number}|ST|GLU${number}^GLUCOSE^L||x||||||F\rNTE|1||note`),
    ],
  },
  {
    what: "notes below services",
    segments: [
      "MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|20260301100000||SIU^S12|1|T|2.5.1",
      "SCH|1^EHR|2^EHR",
      "PID|1||900001^^^LKS^MR||BEAM^ADA",
      "RGS|1",
      ...many(4_000, (number) => `AIS|${number}||S${number}^SERVICE^L|20260301\rNTE|1||note`),
    ],
  },
])("maps thousands of $what in seconds", ({ segments }) => {
  const message = read(segments.join("\r"));
  const mapper = createMapper();
  // What this thread works, and not how long it waits for others.
  const start = process.threadCpuUsage();
  mapper.map(message, lakeshore);
  const { user, system } = process.threadCpuUsage(start);
  expect((user + system) / 1_000_000).toBeLessThan(enoughSeconds);
});
