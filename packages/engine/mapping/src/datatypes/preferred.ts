import type { ContactPoint } from "@trestle/fhir";
import { type Part, textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { segmentOf, writtenBeside } from "./beside.ts";

/**
 * Marks the contact points of the kind that another field of the segment names as preferred: its
 * system or its use is what the table `contact-preference` makes of the code.
 *
 * @param segment The one that has such a field; others may have the same contact points without.
 */
export function preferred(field: number, as: Converter, segment = "PRT"): Converter {
  return (part, scope, lookup) => {
    const all = as(part, scope, lookup);
    if (Array.isArray(all)) return all.map((each: ContactPoint) => marked(each, part, scope));
    return all === undefined ? undefined : marked(all as ContactPoint, part, scope);
  };

  function marked(made: ContactPoint, part: Part, scope: Scope): ContactPoint {
    const written = segmentOf(part).name === segment ? writtenBeside(part, field) : undefined;
    const name = written && textIn(written, 1);
    if (written === undefined || name === undefined) return made;
    const wanted = scope.draft.site.tables.find("contact-preference", name)?.code;
    if (wanted === undefined || ![made.system, made.use].includes(wanted as never)) return made;
    const mark = { url, valueBoolean: true };
    scope.draft.trace?.note(mark, "url", { rule: "constant" });
    scope.draft.trace?.note(mark, "valueBoolean", { part: written });
    return Object.assign(made, { extension: [...(made.extension ?? []), mark] });
  }
}

const url = "http://hl7.org/fhir/StructureDefinition/iso21090-preferred";
