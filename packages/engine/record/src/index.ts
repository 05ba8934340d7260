export { recordErrors } from "./errors.ts";
export { happenedAt, instantOf } from "./happened-at.ts";
export { type PreparedChange, prepareChange } from "./prepared-change.ts";
export { recordSchema } from "./io/record-schema.ts";
export { type RecordOptions, SqliteRecord } from "./io/sqlite-record.ts";
export type {
  PatientSearch,
  RecordChange,
  RecordConflict,
  RecordIdentity,
  RecordPatient,
  RecordResource,
  RecordStore,
} from "./record.ts";
