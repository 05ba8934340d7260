// What whoever passes results on needs of the mapping; none of it brings the maps along.

export { type PrintedResources, printBundle, printResources } from "./print-bundle.ts";
export { readBundle } from "./to-v2/read-bundle.ts";
export { transformFailure } from "./transforms/transform-failure.ts";
