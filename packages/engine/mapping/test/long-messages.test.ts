import { expect, test } from "vitest";
import { createMapper, unmappedFields } from "../src/index.ts";
import { SaidOfThings, madeIn } from "../src/unmapped/same-thing.ts";
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
    what: "people in one field",
    segments: [
      "MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|20260301100000||ADT^A01|1|T|2.5.1",
      "PID|1||900001^^^LKS^MR||BEAM^ADA",
      `PV1|1|I|4W||||||${many(9_000, (number) => `D${number}^PIKE${number}^OTIS^^^^^^LKS`).join("~")}`,
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
  expect(secondsOf(() => mapper.map(message, lakeshore))).toBeLessThan(enoughSeconds);
});

test.each([
  {
    what: "lines of a document",
    segments: [
      "MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|20260301100000||MDM^T02|1|T|2.5.1",
      "PID|1||900001^^^LKS^MR||BEAM^ADA",
      "TXA|1|DS|TX|20260301||||||||D1^EHR",
      ...many(
        4_000,
        (number) => `OBX|${number}|TX|1^LINE^L||${"word ".repeat(10)}${number}||||||F`,
      ),
    ],
  },
  {
    what: "notes of an order",
    segments: [
      "MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|20260301100000||ORU^R01|1|T|2.5.1",
      "PID|1||900001^^^LKS^MR||BEAM^ADA",
      "OBR|1|P1^EHR|F1^LAB|GLU^GLUCOSE^L|||20260301",
      ...many(2_000, (number) => `NTE|${number}||${"word ".repeat(10)}${number}`),
    ],
  },
])("finds in seconds which of thousands of $what say what one before them said", ({ segments }) => {
  const message = read(segments.join("\r"));
  // Mapped anew no further than the header, so that only what is compared takes its time.
  const how = { mapper: createMapper(), site: lakeshore, maxMappings: 1 };
  expect(secondsOf(() => unmappedFields(message, how))).toBeLessThan(enoughSeconds);
});

test("finds in seconds what thousands of results say of the same laboratory", () => {
  const result = (number: number) =>
    `OBX|${number}|NM|G${number}^^L||7||||||F${"|".repeat(12)}LAB${number % 500}^L|1 Main St`;
  const message = read(
    [
      "MSH|^~\\&|EHR|TH|TRESTLE|TRESTLE|20260301100000||ORU^R01|1|T|2.5.1",
      "PID|1||900001^^^LKS^MR||BEAM^ADA",
      "OBR|1|P1^EHR|F1^LAB|GLU^GLUCOSE^L|||20260301",
      ...many(2_000, result),
    ].join("\r"),
  );
  const made = madeIn(createMapper().explain(message, lakeshore));
  const addresses = message.all("OBX").flatMap((segment) => segment.field(24).repetitions);
  const find = () => {
    const said = new SaidOfThings(message, made);
    expect(addresses.filter((each) => said.isSaidBefore(each))).toHaveLength(1_500);
  };
  expect(secondsOf(find)).toBeLessThan(enoughSeconds);
});

/** What this thread works, and not how long it waits for others. */
function secondsOf(work: () => unknown): number {
  const start = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1_000_000;
}
