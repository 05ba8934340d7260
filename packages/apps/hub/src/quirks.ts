// What who checks a folder needs of the hub; none of it brings the hub along.

export { knownQuirks } from "./dialects.ts";
