import { writeFileSync } from "node:fs";
import { printSearchParameters } from "./print-search-parameters.ts";
import { readSearchParameters } from "./read-search-parameters.ts";

/** `npm run definitions -w @trestle/sandbox`: writes src/fhir/search/parameters.json. */
writeFileSync(
  new URL("../src/fhir/search/parameters.json", import.meta.url),
  printSearchParameters(readSearchParameters()),
);
