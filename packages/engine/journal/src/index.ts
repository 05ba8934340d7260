export { type Body, packBody } from "./body.ts";
export { journalErrors } from "./errors.ts";
export { lastDeliverySchema, outboxSchema } from "./io/outbox-schema.ts";
export { type JournalReader, journalFileName, openJournalReader } from "./io/journal-reader.ts";
export { openSqliteJournal } from "./io/sqlite-journal.ts";
export { SqliteOutbox } from "./io/sqlite-outbox.ts";
export {
  type Answer,
  type Appended,
  type Counted,
  type Disposition,
  type Entry,
  type Journal,
  type LastNumber,
  type Link,
  type NewEntry,
  type Position,
  type ReadLimit,
  type Reason,
  beginning,
} from "./journal.ts";
export { openMemoryJournal } from "./memory-journal.ts";
export type {
  Attempt,
  Backlog,
  Delivery,
  DeliveryFilter,
  DeliveryId,
  DeliveryState,
  DueDelivery,
  HeadsOptions,
  MessageFacts,
  MessageFilter,
  MinuteCount,
  NewDelivery,
  Outbox,
  Outcome,
  Outputs,
  Settlement,
} from "./outbox.ts";
