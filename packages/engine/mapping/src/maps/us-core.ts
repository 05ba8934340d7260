import type { Extension } from "@trestle/fhir";
import { codingOf, lookUp } from "../datatypes/code.ts";
import { type Part, textIn } from "../rows/part.ts";
import { recurring } from "../rows/recurring.ts";
import type { Converter, Lookup } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";

/** PID-10 or NK1-35 as the race extension of US Core. */
export const race = coreExtension("us-core-race");

/** PID-22 as the ethnicity extension of US Core. */
export const ethnicity = coreExtension("us-core-ethnicity");

/**
 * All repetitions in one extension: a category of the Office of Management and Budget where the
 * table gives one, another code as a detail, and always the text.
 *
 * @see US Core 6.1.0, race and ethnicity extensions
 */
function coreExtension(name: string): Converter {
  return recurring((part, scope, lookup) => {
    const repetitions = "field" in part ? part.field.repetitions : [part];
    if (repetitions[0] !== part) return undefined;
    const parts = repetitions.filter((each) => wordsOf(each) !== undefined);
    if (parts.length === 0) return undefined;
    const extension = parts.flatMap((each) => categoryOf(each, scope, lookup) ?? []);
    extension.push({ url: "text", valueString: parts.map(wordsOf).join(", ") });
    return { url: `http://hl7.org/fhir/us/core/StructureDefinition/${name}`, extension };
  });
}

function categoryOf(part: Part, scope: Scope, lookup: Lookup): Extension | undefined {
  const row = lookUp(part, scope, lookup);
  if (row === undefined || row.status === "not mapped on purpose") return undefined;
  const url = categories.has(row.code) ? "ombCategory" : "detailed";
  const made = { url, valueCoding: codingOf(row) };
  scope.draft.trace?.note(made, "valueCoding", { part, lookup });
  return made;
}

function wordsOf(part: Part): string | undefined {
  return textIn(part, 2) ?? textIn(part, 1);
}

const categories: ReadonlySet<string> = new Set(
  "1002-5 2028-9 2054-5 2076-8 2106-3 2135-2 2186-5 UNK ASKU".split(" "),
);
