export { sqliteErrors } from "./errors.ts";
export { SqliteFile, type SqliteOptions } from "./io/sqlite-file.ts";
