import { printPlaces } from "./places.ts";
import { definitions, printDefinitions } from "./rows.ts";
import { printEvents, printStructures } from "./structures.ts";
import { printTables } from "./tables.ts";

/** Every file that is written, by its path below `src`. */
export function knowledgeFiles(): ReadonlyMap<string, string> {
  const segments = definitions("segments");
  const places = segments.map(
    (segment) =>
      [`knowledge/places/${segment.name.toLowerCase()}.ts`, printPlaces(segment)] as const,
  );
  return new Map([
    ["knowledge/data/segments.txt", printDefinitions(segments)],
    ["knowledge/data/types.txt", printDefinitions(definitions("types"))],
    ["knowledge/data/structures.txt", printStructures()],
    ["knowledge/data/events.txt", printEvents()],
    ["knowledge/data/tables.txt", printTables()],
    ...places,
  ]);
}
