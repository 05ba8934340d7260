import type { Annotation } from "@trestle/fhir";
import { type Part, isWritten, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { alternateCode } from "./alternate-code.ts";
import { segmentOf } from "./beside.ts";
import { lookUp } from "./code.ts";
import { cwe } from "./cwe.ts";
import { extension } from "./extension.ts";
import { note } from "./nte.ts";
import { dateTime } from "./ts.ts";

/**
 * NTE: its text with who wrote it (NTE-5, or in words NTE-2) and when (NTE-6), of what type it is
 * (NTE-4) and what it says in codes (NTE-9).
 *
 * @param author What makes a reference of an XCN.
 */
export function annotation(author: Converter): Converter {
  return (part, scope, lookup) => {
    const text = note(part, scope, lookup) as Annotation | undefined;
    if (text === undefined) return undefined;
    const [writer, time, source] = [5, 6, 2].map((number) =>
      firstOf(segmentOf(part).field(number)),
    );
    const side = writer === undefined ? source : undefined;
    const parts: Readonly<Record<string, Part | undefined>> = {
      authorReference: writer,
      authorString: side,
      time,
      text: part,
    };
    const made = {
      ...only("authorReference", writer && author(writer, scope, lookup)),
      ...only("authorString", side && sideOf(side, scope)),
      ...only("time", time && dateTime(time, scope, lookup)),
      ...text,
      ...only("extension", furtherOf(part, scope)),
    };
    for (const [key, source] of Object.entries(parts)) {
      if (source !== undefined) scope.draft.trace?.note(made, key, { part: source });
    }
    return made;
  };
}

/** Where nobody is named, from which side the note came. */
function sideOf(part: Part, scope: Scope): string | undefined {
  const row = lookUp(part, scope, { table: "comment-source", isPartial: true });
  return row?.display ?? textOf(part);
}

/** NTE-4 and NTE-9: what kind of note it is, and the note as a code. */
function furtherOf(part: Part, scope: Scope): readonly unknown[] | undefined {
  const found = [noteKind, codedNote].flatMap(({ field, as }) => {
    const written = firstOf(segmentOf(part).field(field));
    const made = written && as(written, scope, {});
    if (made === undefined || written === undefined) return [];
    scope.draft.trace?.note(made as object, "valueCodeableConcept", { part: written });
    return [made];
  });
  return found.length === 0 ? undefined : found;
}

const typeOfNote = extension(
  "http://hl7.org/fhir/StructureDefinition/annotationType",
  "valueCodeableConcept",
  cwe,
);
const noteKind = { field: 4, as: typeOfNote };
const codedNote = { field: 9, as: alternateCode };

function firstOf({ repetitions }: { readonly repetitions: readonly Part[] }): Part | undefined {
  return repetitions.find(isWritten);
}

function only(key: string, value: unknown): object {
  return value === undefined ? {} : { [key]: value };
}
