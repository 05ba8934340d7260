import { segmentOf } from "../datatypes/beside.ts";
import type { Converter, Row } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import type { Part } from "../rows/part.ts";
import { annotation } from "./annotation.ts";

const named: readonly Row[] = [{ to: "url", is: "http://hl7.org/fhir/StructureDefinition/note" }];

/** NTE as a note of a resource that R4 gives no element for notes. */
export const noteExtension: Row<"extension"> = {
  to: "extension[].valueAnnotation",
  id: "note",
  from: "NTE-3",
  as: annotation,
  with: named,
};

/** The notes behind a visit, as notes of its Encounter. */
export const visitNote: Row<"extension"> = {
  ...noteExtension,
  id: "visitNote",
  reach: "below",
  as: whereVisit((_part, _scope, isOwn) => isOwn),
};

/** The notes behind a visit that became no Encounter, as notes of the patient. */
export const noteOfNoVisit: Row<"extension"> = {
  ...noteExtension,
  id: "noteOfNoVisit",
  reach: "below",
  as: whereVisit((part, scope) => !hasEncounter(part, scope)),
};

function whereVisit(isWanted: (part: Part, scope: Scope, isOwn: boolean) => boolean): Converter {
  return (part, scope, lookup) => {
    const holder = scope.group.holderOf(segmentOf(part));
    if (holder?.name !== "visitNote") return undefined;
    const isOwn = holder.around === scope.group;
    return isWanted(part, scope, isOwn) ? annotation(part, scope, lookup) : undefined;
  };
}

function hasEncounter(part: Part, { group }: Scope): boolean {
  const visit = group.holderOf(segmentOf(part))?.around;
  return visit?.made.some(({ resource }) => resource.resourceType === "Encounter") === true;
}
