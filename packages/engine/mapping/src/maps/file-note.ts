import type { Segment } from "@trestle/hl7v2";
import { segmentOf } from "../datatypes/beside.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import type { Group } from "../structure/group.ts";
import { annotation } from "./annotation.ts";
import { isWithdrawn } from "./withdrawn.ts";

/** A note below a file that a report shows; a file has no notes of its own. */
export const noteOfFile: Converter = (part, scope, lookup) =>
  isBelowFile(segmentOf(part), scope) ? annotation(part, scope, lookup) : undefined;

function isBelowFile(note: Segment, scope: Scope): boolean {
  const holder = scope.group.holderOf(note);
  return holder?.around === scope.group && holdsFile(holder, scope);
}

function holdsFile(group: Group, scope: Scope): boolean {
  const [segment] = group.segments("OBX");
  if (group.name !== "observation" || segment === undefined) return false;
  const type = segment.field(2).text?.trim();
  return (type === "ED" || type === "RP") && !isWithdrawn(segment, scope);
}
