export { describeJournal } from "./conformance/describe-journal.ts";
export { describeOutbox } from "./conformance/describe-outbox.ts";
export { inventedEntry } from "./conformance/invented-entry.ts";
