import { writeFileSync } from "node:fs";
import { printElements } from "./print-elements.ts";
import { readDefinitions } from "./read-definitions.ts";

/** `npm run definitions -w @trestle/fhir`: writes src/elements.json from the R4 definitions. */
writeFileSync(new URL("../src/elements.json", import.meta.url), printElements(readDefinitions()));
