import { expect, test } from "vitest";
import { filesBelow } from "./house/files.ts";
import { opensGuard } from "./house/guards.ts";
import { scan } from "./house/scan.ts";

// Values about a patient are guarded, and `reveal` opens the guard. Each file that may call it is
// listed with its reason, so that a new one is a decision that a reviewer sees.

test("only the listed files open the guard of patient data", () => {
  expect(openers.filter((path) => !(path in reasons))).toEqual([]);
});

test("every listed file still needs to", () => {
  expect(Object.keys(reasons).filter((path) => !openers.includes(path))).toEqual([]);
});

test("nobody reaches past reveal", () => {
  const inner = /\b(?:Phi|Secret)\s*\.\s*open\b/u;
  const offenders = sources
    .filter(({ text }) => inner.test(scan(text).code))
    .map(({ path }) => path);
  expect(offenders).toEqual(["packages/foundation/base/src/guarded.ts"]);
});

test.each([
  { source: 'import { phi, reveal } from "@trestle/base";', opens: true },
  { source: 'import {\n  type Phi,\n  reveal as show,\n} from "@trestle/base";', opens: true },
  { source: 'import * as base from "@trestle/base";', opens: true },
  { source: 'const { reveal } = await import("@trestle/base");', opens: true },
  { source: 'export { reveal } from "@trestle/base";', opens: true },
  { source: 'export * from "@trestle/base";', opens: true },
  { source: 'import { reveal } from "./passed-on.ts";', opens: true },
  { source: 'import { type Phi, phi } from "@trestle/base";', opens: false },
  { source: "function reveal(row: Row): void {}\nreveal(row);", opens: false },
  { source: '// import { reveal } from "@trestle/base";', opens: false },
  { source: 'import * as fc from "fast-check";', opens: false },
])("$source opens the guard: $opens", ({ source, opens }) => {
  expect(opensGuard(source)).toBe(opens);
});

const atRest = "a store writes the value to its own file, or looks for it there";

const reasons: Readonly<Record<string, string>> = {
  "packages/apps/cli/src/commands/hl7-from-fhir.ts":
    "prints to a person's terminal what was composed of that person's own file",
  "packages/apps/cli/src/show-mapped.ts":
    "prints to a person's terminal what was mapped from that person's own file",
  "packages/apps/hub/src/explanation-wire.ts":
    "an explanation crosses as text, and is guarded again",
  "packages/apps/hub/src/processing-wire.ts":
    "guards are taken off to cross from one thread to another, and put on again",
  "packages/engine/channels/src/destinations/io/webhook.ts": "a destination writes to the wire",
  "packages/engine/mapping/src/unmapped/not-mapped.ts":
    "what a message lost is compared with the field that it may repeat",
  "packages/engine/mapping/src/unmapped/explained.ts":
    "what a message lost is found by comparing results",
  "packages/engine/channels/src/process.ts": "mapping reads the message and writes its result",
  "packages/engine/integration/src/run-case.ts":
    "compares what an invented message of a case maps to with what the case expects",
  "packages/engine/journal/src/entry-key.ts": "repeats are found by a digest of the content",
  "packages/engine/journal/src/io/held-deliveries.ts": atRest,
  "packages/engine/journal/src/io/message-search.ts": atRest,
  "packages/engine/journal/src/io/outbox-rows.ts": atRest,
  "packages/engine/journal/src/io/sqlite-journal.ts": atRest,
  "packages/engine/journal/src/io/sqlite-outbox.ts": atRest,
  "packages/engine/journal/src/memory-journal.ts": "a store keeps a copy of its own",
  "packages/engine/probe/src/io/compare-feeds.ts":
    "what HL7 told of a patient is counted beside what FHIR gives",
  "packages/engine/probe/src/io/read-fields.ts": "fields of messages are counted",
  "packages/engine/probe/src/io/sample.ts":
    "patients of the record are looked for at their site by their numbers",
  "packages/engine/probe/src/io/site-reader.ts":
    "what a site answered is counted, after its access record",
  "packages/engine/record/src/io/sqlite-record.ts": atRest,
  "packages/engine/record/src/prepared-change.ts": "the record's row is made where the mapping is",
  "packages/engine/mapping/src/transforms/transformed-mapper.ts":
    "an integration's own transforms change a result on its way",
  "packages/engine/what-if/src/side.ts": "messages are read anew under two revisions",
  "packages/engine/what-if/src/entry-differences.ts":
    "what a message gives under two revisions is compared, and told by what may be shown of it",
  "packages/foundation/base/src/index.ts": "the package that offers it",
  "packages/protocols/fhir/src/client/notices.ts":
    "known names of what is not granted are looked for in a remark; nothing else of it is passed on",
  "packages/apps/sample/src/launch/launch-pages.ts":
    "the application that was launched asks for the patient in whose chart it was",
  "packages/operations/api/src/disclosure.ts": "the API, masked or after its access record",
  "packages/operations/api/src/fhir-disclosure.ts": "the API, after its access record",
};

const sources = filesBelow("packages", [".ts", ".tsx"]).filter(
  ({ path }) => path.includes("/src/") && !path.includes("/src/conformance"),
);

const openers = sources.filter(({ text }) => opensGuard(text)).map(({ path }) => path);
