import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./house/files.ts";
import { referencePages } from "./house/reference.ts";

// `npm run docs`: writes the pages that are made from the code.
for (const { path, text } of await referencePages()) {
  writeFileSync(join(root, path), text);
  console.log(path);
}
