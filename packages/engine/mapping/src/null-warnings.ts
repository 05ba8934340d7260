import type { Problem } from "@trestle/base";
import type { Field, Hl7Message, Segment } from "@trestle/hl7v2";
import { fieldsReadBy } from "./rows/compile-rows.ts";
import { mayHold } from "./rows/conditions.ts";
import { type ResourceMap, declaredMaps } from "./rows/define-map.ts";
import type { Draft } from "./rows/draft.ts";
import type { Reading } from "./rows/fill.ts";
import { Scope } from "./rows/scope.ts";
import type { Group } from "./structure/group.ts";
import { plans } from "./structure/plan.ts";
import { warnings } from "./warnings.ts";

/**
 * HL7 null, `""`, asks to delete a value. Where a resource is told as a whole, leaving the value
 * out deletes it. The record keeps others in parts, such as a patient, a visit, a document and the
 * order of a service, so that there it does not: these fields are named in one warning. A field
 * that nothing in a message of this type takes was never known, so that nothing is said of it.
 *
 * @see HL7 v2.5.1, chapter 2.5.3.1
 */
export function nullWarnings(message: Hl7Message, draft: Draft, root: Group): readonly Problem[] {
  if (!message.segments.some(hasNull)) return [];
  const kept = new Set(message.segments.filter(({ name }) => always.has(name)).flatMap(nullsIn));
  for (const field of keptIn(root, new Readers(draft, root))) kept.add(field);
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
function keptIn(group: Group, readers: Readers): readonly string[] {
  const types = new Set(group.made.map(({ resource }) => resource.resourceType));
  const { first, last } = plans[group.name];
  const all = [...first, ...last];
  const maps = all.filter(({ type }) => types.has(type));
  const inParts = readers.read(maps.filter(({ type }) => toldInParts.has(type)));
  const byMessage = readers.read(all.filter(({ type }) => type === "Provenance"));
  const asWhole = readers.read(
    maps.filter(({ type }) => !toldInParts.has(type) && type !== "Provenance"),
  );
  const isKept = (field: Field) => {
    const place = placeOf(field);
    if (inParts.has(place)) return true;
    const isRead = byMessage.has(place) || readers.inside.has(place);
    return !asWhole.has(place) && (isRead || !readAlone.has(field.segment.name));
  };
  const names = new Set([...inParts].map((field) => field.slice(0, 3)));
  const own = [...names].flatMap((name) => group.segments(name).flatMap(nullFields));
  return [
    ...own.filter(isKept).map(({ at }) => at),
    ...group.groups.flatMap((inner) => keptIn(inner, readers)),
  ];
}

/** Which fields the rows of maps read in a message of this type. */
class Readers {
  readonly #draft: Draft;
  readonly #reading: Reading;
  /** Those read by what is made inside of fields, such as a practitioner, and kept in parts. */
  readonly inside: ReadonlySet<string>;

  constructor(draft: Draft, root: Group) {
    this.#draft = draft;
    this.#reading = { scope: new Scope(draft, root) };
    const maps = [...declaredMaps().values()].filter((map) => !planned.has(map));
    this.inside = this.read(maps.filter(({ type }) => toldInParts.has(type)));
  }

  /** `OBR-31`, for each field. */
  read(maps: readonly ResourceMap[]): ReadonlySet<string> {
    const rows = maps
      .map((map) => this.#draft.mapFor(map))
      .flatMap((map) => [...map.rows, ...map.closing])
      .filter(({ when }) => when === undefined || mayHold(when, this.#reading));
    return new Set(fieldsReadBy(rows).map(({ place }) => `${place.segment}-${place.field}`));
  }
}

function placeOf({ segment, number }: Field): string {
  return `${segment.name}-${number}`;
}

/** Segments that tell of nothing else, whatever was made of them. */
const always: ReadonlySet<string> = new Set(
  "PID PD1 NK1 PV1 PV2 GT1 IN1 IN2 IN3 ROL CTD STF TXA".split(" "),
);

/** Segments of which each field is read for itself: what no row reads there, nothing reads. */
const readAlone: ReadonlySet<string> = new Set(["ORC", "OBR"]);

/** The maps of the groups. */
const planned: ReadonlySet<ResourceMap> = new Set(
  Object.values(plans).flatMap(({ first, last }) => [...first, ...last]),
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
