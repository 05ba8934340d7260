import { hash } from "node:crypto";
import { type Phi, phi, reveal } from "@trestle/base";
import { type BundleParts, type NamedPeople, partsOf } from "./bundle-parts.ts";
import { type Elements, readElements } from "./elements.ts";
import { happenedAt } from "./happened-at.ts";
import { type Identifier, identifierOf } from "./identifier.ts";
import { namesOf } from "./name-words.ts";
import type { RecordChange, RecordIdentity, RecordPeople } from "./record.ts";

/**
 * A change as a store takes it: nothing is left to do but to compare and to write.
 *
 * Plain values and text, so that it can be made on one thread and applied on another.
 */
export interface PreparedChange extends PreparedPart {
  readonly heard: Heard;
  /** What the message says of further patients; the last may be about one whom nothing names. */
  readonly others?: readonly PreparedPart[];
}

/** What a message says of one of its patients. */
export interface PreparedPart {
  /** The patient whom the message is about. */
  readonly named?: Named;
  readonly patient?: PreparedResource;
  /** In a merge, the one that is no more. */
  readonly mergedNamed?: Named;
  readonly merged?: PreparedResource;
  /** What becomes an item of the record. */
  readonly items: readonly PreparedResource[];
}

/** Where a change comes from. */
export interface Heard {
  readonly site: string;
  readonly position: number;
  /** Milliseconds since 1970 UTC. */
  readonly receivedAt: number;
}

/** A patient as a message names it. The key is the first of the identifiers. */
export interface Named {
  readonly key: Identifier;
  readonly identifiers: readonly Identifier[];
  /** The identifiers in one text, to notice that nothing is new. */
  readonly fingerprint: string;
}

/** A resource as a message tells it. */
export interface PreparedResource {
  readonly resourceType: string;
  /** Empty where the bundle gives none. */
  readonly id: string;
  /** Its JSON. */
  readonly text: string;
  /** Of the text: enough to notice a change, and no content. */
  readonly hash: string;
  /** As FHIR writes it; empty where it names no time. */
  readonly happenedAt: string;
  /** The words of a patient's names, for search; empty for every other type. */
  readonly names: string;
}

/** Makes a change ready to be applied. Pure, and most of the work of applying it. */
export function prepareChange(change: RecordChange): Phi<PreparedChange> {
  const { site, position, receivedAt, others = [] } = change;
  const [first, ...further] = partsOf(reveal(change.bundle), [change, ...others].map(peopleOf));
  const ready = (about: RecordPeople, parts: BundleParts) =>
    preparePart(about, parts, change.printed);
  return phi({
    heard: { site, position, receivedAt },
    ...ready(change, first),
    ...(further.length > 0 && {
      others: further.map((parts, index) => ready(others[index] ?? {}, parts)),
    }),
  });
}

function peopleOf({ patient, merged }: RecordPeople): NamedPeople {
  return {
    patient: patient && { ...patient, key: reveal(patient.key) },
    merged: merged && { ...merged, key: reveal(merged.key) },
  };
}

function preparePart(
  { patient, merged }: RecordPeople,
  parts: BundleParts,
  printed: RecordChange["printed"],
): PreparedPart {
  const ready = (told: Elements) => prepareOnce(told, printed);
  return {
    ...(patient === undefined ? {} : { named: namedBy(patient) }),
    ...(parts.patient === undefined ? {} : { patient: ready(parts.patient) }),
    ...(merged === undefined ? {} : { mergedNamed: namedBy(merged) }),
    ...(parts.merged === undefined ? {} : { merged: ready(parts.merged) }),
    items: parts.items.map(ready),
  };
}

function namedBy({ key, identifiers }: RecordIdentity): Named {
  const keys = new Set([reveal(key), ...identifiers.map(reveal)]);
  const usable = [...keys].map(identifierOf).filter(({ value }) => value.trim() !== "");
  return {
    key: identifierOf(reveal(key)),
    identifiers: usable,
    fingerprint: JSON.stringify([...keys]),
  };
}

/** What recurs is prepared once, as long as somebody has it. */
function prepareOnce(told: Elements, printed: RecordChange["printed"]): PreparedResource {
  const { text, recurs = false } = printed?.get(told) ?? {};
  if (!recurs) return prepare(told, text);
  const known = recurring.get(told) ?? prepare(told, text);
  recurring.set(told, known);
  return known;
}

function prepare(told: Elements, text = JSON.stringify(told)): PreparedResource {
  return {
    resourceType: told.resourceType,
    id: told.id ?? "",
    text,
    hash: hash("sha256", text, "base64url"),
    happenedAt: happenedAt(told),
    names: told.resourceType === "Patient" ? namesOf(told) : "",
  };
}

/** The same resource under another id. */
export function withId(told: PreparedResource, id: string): PreparedResource {
  if (told.id === id) return told;
  return { ...told, id, text: JSON.stringify({ ...readElements(told.text), id }) };
}

const recurring = new WeakMap<Elements, PreparedResource>();

/** A patient of whom only the identifier is known. */
export function leastPatient(id: string, { system, value }: Identifier): PreparedResource {
  return prepare({ resourceType: "Patient", identifier: [{ system, value }], id });
}
