import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./house/files.ts";
import { type LockFile, completed, missingEntries } from "./house/lock-file.ts";

// `npm run lock`, after each install that changed the lock file: adds what npm left out of it.
const file = join(root, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8")) as LockFile;
const missing = missingEntries(lock);
if (missing.length > 0) writeFileSync(file, `${JSON.stringify(completed(lock), null, 2)}\n`);
console.log(`${missing.length} entries added to package-lock.json`);
