import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./house/files.ts";
import { referencePages } from "./house/reference.ts";

// `npm run docs`: writes the pages that are made from the code. One that cannot be made does not
// keep the others from being written.
const results = await Promise.allSettled(referencePages.map(({ make }) => make()));
for (const [index, result] of results.entries()) {
  const path = referencePages[index]?.path ?? "";
  if (result.status === "fulfilled") {
    writeFileSync(join(root, path), result.value);
    console.log(path);
  } else {
    console.error(`${path}: ${String(result.reason)}`);
    process.exitCode = 1;
  }
}
