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
])("maps thousands of $what in seconds", ({ segments }) => {
  const message = read(segments.join("\r"));
  const mapper = createMapper();
  const start = performance.now();
  mapper.map(message, lakeshore);
  expect((performance.now() - start) / 1_000).toBeLessThan(enoughSeconds);
});
