import { writeFileSync } from "node:fs";
import { files } from "./files.ts";
import { printByType } from "./print-by-type.ts";

/** `npm run definitions -w @trestle/fhir`: writes what src/ has of the R4 definitions. */
for (const [file, read] of Object.entries(files)) {
  writeFileSync(new URL(`../src/${file}`, import.meta.url), printByType(read()));
}
