import type { Annotation } from "@trestle/fhir";
import { type Part, isWritten } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { segmentOf } from "./beside.ts";
import { note } from "./nte.ts";
import { dateTime } from "./ts.ts";

/**
 * NTE: its text with who wrote it (NTE-5) and when (NTE-6).
 *
 * @param author What makes a reference of an XCN.
 */
export function annotation(author: Converter): Converter {
  return (part, scope, lookup) => {
    const text = note(part, scope, lookup) as Annotation | undefined;
    if (text === undefined) return undefined;
    const [writer, time] = [5, 6].map((number) => firstOf(segmentOf(part).field(number)));
    const parts: Readonly<Record<string, Part | undefined>> = {
      authorReference: writer,
      time,
      text: part,
    };
    const made = {
      ...only("authorReference", writer && author(writer, scope, lookup)),
      ...only("time", time && dateTime(time, scope, lookup)),
      ...text,
    };
    for (const [key, source] of Object.entries(parts)) {
      if (source !== undefined) scope.draft.trace?.note(made, key, { part: source });
    }
    return made;
  };
}

function firstOf({ repetitions }: { readonly repetitions: readonly Part[] }): Part | undefined {
  return repetitions.find(isWritten);
}

function only(key: string, value: unknown): object {
  return value === undefined ? {} : { [key]: value };
}
