import type { Problem } from "@trestle/base";
import type { Field, Hl7Message, Segment } from "@trestle/hl7v2";
import { fieldsReadBy } from "./rows/compile-rows.ts";
import type { ResourceMap } from "./rows/define-map.ts";
import type { Draft } from "./rows/draft.ts";
import type { Group } from "./structure/group.ts";
import { plans } from "./structure/plan.ts";
import { warnings } from "./warnings.ts";

/**
 * HL7 null, `""`, asks to delete a value. Where a resource is told as a whole, leaving the value
 * out deletes it. The record keeps others in parts, such as a patient, a visit, a document and the
 * order of a service, so that there it does not: these fields are named in one warning.
 *
 * @see HL7 v2.5.1, chapter 2.5.3.1
 */
export function nullWarnings(message: Hl7Message, draft: Draft, root: Group): readonly Problem[] {
  if (!message.segments.some(hasNull)) return [];
  const kept = new Set(message.segments.filter(({ name }) => always.has(name)).flatMap(nullsIn));
  for (const field of keptIn(root, draft)) kept.add(field);
  const fields = message.segments.flatMap(nullsIn).filter((field) => kept.has(field));
  const [first] = fields;
  return first === undefined ? [] : [warnings.nullKept(fields, first)];
}

function hasNull({ raw }: Segment): boolean {
  return raw.includes('""');
}

/** `PID-13`. */
function nullsIn(segment: Segment): readonly string[] {
  return nullFields(segment).map(({ at }) => at);
}

function nullFields(segment: Segment): readonly Field[] {
  if (!hasNull(segment)) return [];
  return Array.from({ length: segment.fieldCount }, (_, index) => segment.field(index + 1)).filter(
    ({ isNull }) => isNull,
  );
}

/** Those of a group, such as an order, and the groups inside, by what was made of each. */
function keptIn(group: Group, draft: Draft): readonly string[] {
  const types = new Set(group.made.map(({ resource }) => resource.resourceType));
  const { first, last } = plans[group.name];
  const maps = [...first, ...last]
    .filter(({ type }) => types.has(type))
    .map((map) => draft.mapFor(map));
  const inParts = readBy(maps.filter(({ type }) => toldInParts.has(type)));
  const asWhole = readBy(
    maps.filter(({ type }) => !toldInParts.has(type) && type !== "Provenance"),
  );
  const names = new Set([...inParts].map((field) => field.slice(0, 3)));
  const own = [...names]
    .flatMap((name) => group.segments(name).flatMap(nullFields))
    .filter((field) => inParts.has(placeOf(field)) || !asWhole.has(placeOf(field)))
    .map(({ at }) => at);
  return [...own, ...group.groups.flatMap((inner) => keptIn(inner, draft))];
}

/** `OBR-31`, for each field that the rows of the maps read. */
function readBy(maps: readonly ResourceMap[]): ReadonlySet<string> {
  const rows = maps.flatMap((map) => [...map.rows, ...map.closing]);
  return new Set(fieldsReadBy(rows).map(({ place }) => `${place.segment}-${place.field}`));
}

function placeOf({ segment, number }: Field): string {
  return `${segment.name}-${number}`;
}

/** Segments that tell of nothing else, whatever was made of them. */
const always: ReadonlySet<string> = new Set(
  "PID PD1 NK1 PV1 PV2 GT1 IN1 IN2 IN3 ROL CTD STF TXA".split(" "),
);

/** What the record keeps in parts. */
const toldInParts: ReadonlySet<string> = new Set([
  "Account",
  "Coverage",
  "DocumentReference",
  "Encounter",
  "EpisodeOfCare",
  "Location",
  "Organization",
  "Patient",
  "Practitioner",
  "RelatedPerson",
  "ServiceRequest",
]);
