import { type Phi, type Problem, phi } from "@trestle/base";
import {
  type Component,
  type Field,
  type Hl7Message,
  type Repetition,
  type Segment,
  fieldLabel,
} from "@trestle/hl7v2";
import { declaredNotMapped } from "../io/declarations.ts";
import { isDeclared } from "./not-mapped.ts";
import {
  type Looked,
  type Said,
  isSaid,
  isSaidBefore,
  repeatsIn,
  saidIn,
  saidInLikeFields,
} from "./said-twice.ts";
import { type HowMapped, Seen } from "./seen.ts";
import { warnings } from "../warnings.ts";

/** Something in a message that reached no value of the result, and should have. */
export interface UnmappedField {
  /** Where it stands in this message: `OBX[2]-13`, `PID-3[1].7`. */
  readonly at: string;
  /** The same for every message: `OBX-13`, `PID-3.7`. */
  readonly place: string;
  /** What the field is called, where that is known. */
  readonly name: string | undefined;
  /** As it was written. */
  readonly raw: Phi<string>;
}

/** What of a message reached no value of the result. */
export interface Unmapped {
  readonly fields: readonly UnmappedField[];
  /** Where nothing further was looked at, because `maxMappings` or `until` was reached. */
  readonly stopped?: Problem;
}

/**
 * Every field of a message that is written, reached no value of the result, and is not declared as
 * not mapped; a component for itself where others of its field did.
 *
 * A part of the message reached the result when the explanation names it as a source, or when the
 * result would be another without it; for that the whole message is mapped anew once for each part
 * in doubt. A message of twice the size has twice as many and takes four times as long, which
 * `maxMappings` bounds. Where several components say the same, such as the authority and the type of
 * a number, each counts that would do so alone. Of a field that was used otherwise, so does what
 * stands in the same component of another field with the same first component, such as the name of
 * somebody who is named twice. A field of which nothing was used counts where an earlier segment
 * says the same of the same thing, and so does a whole segment that repeats one of the same order,
 * visit or patient. Where a code decides what becomes of the rest without being written itself, or
 * was found in a code table, its words and the name of its system have done what they can. An id
 * alone is no value. What a warning names is lost with a word. The HL7 null is not looked at: it
 * asks that something be deleted, and says nothing.
 */
export function unmappedFields(message: Hl7Message, how: HowMapped): Unmapped {
  const { declared: own = declaredNotMapped(), site } = how;
  const declared = [...own, ...(site.maps?.notMapped ?? [])];
  const seen = new Seen(message, how);
  const { looked, stopped } = lookAt(message, seen, how);
  const said = saidIn(looked);
  const saidAlike = saidInLikeFields(looked);
  const lost = looked
    .filter((each) => !isAllLost(each) || !seen.isSaidOfSameThing(each.repetition))
    .filter(({ repetition }) => !saidAlike.has(repetition.at))
    .flatMap((each) => lostIn(each, said));
  const places = new Set(lost.map(({ at }) => at));
  const repeats = repeatsIn(message, site.maps?.segments);
  const fields = lost
    .filter(({ at }) => !isSaidBefore(at, repeats, places))
    .filter((each) => !isDeclared(declared, { ...each, message, lost: places }));
  return { fields, ...(stopped && { stopped }) };
}

/** Repetition by repetition, as far and as long as the message may be mapped anew. */
function lookAt(
  message: Hl7Message,
  seen: Seen,
  { maxMappings = 2000, until = Infinity }: HowMapped,
): { readonly looked: readonly Looked[]; readonly stopped?: Problem } {
  const looked: Looked[] = [];
  for (const [line, segment] of message.segments.entries()) {
    for (const { repetitions } of fieldsOf(segment)) {
      for (const repetition of repetitions) {
        if (seen.mappings >= maxMappings) {
          return { looked, stopped: warnings.lookedNoFurther(repetition.at, maxMappings) };
        }
        if (performance.now() >= until) {
          return { looked, stopped: warnings.lookedNoLonger(repetition.at, seen.mappings) };
        }
        looked.push(look(repetition, line, seen));
      }
    }
  }
  return { looked };
}

/** The separators of MSH are no content. */
function fieldsOf(segment: Segment): readonly Field[] {
  const first = segment.name === "MSH" ? 3 : 1;
  const numbers = Array.from({ length: Math.max(0, segment.fieldCount - first + 1) });
  return numbers
    .map((_each, index) => segment.field(first + index))
    .filter(({ isEmpty, isNull }) => !isEmpty && !isNull);
}

function look(repetition: Repetition, line: number, seen: Seen): Looked {
  const written = componentsOf(repetition).filter(({ raw }) => raw.trim() !== "" && raw !== '""');
  const doubtful = written.filter((component) => !seen.has(component, line));
  const lost = doubtful.length < 2 ? doubtful : seen.withoutEffect(doubtful, line);
  return { repetition, written, lost };
}

function isAllLost({ written, lost }: Looked): boolean {
  return lost.length === written.length;
}

/** The whole where nothing of it was used, else the components that were not. */
function lostIn(looked: Looked, said: Said): readonly UnmappedField[] {
  const { repetition, lost: all } = looked;
  const lost = isAllLost(looked) ? all : all.filter((component) => !isSaid(component, said));
  if (lost.length === 0) return [];
  const { field } = repetition;
  const place = `${field.segment.name}-${field.number}`;
  const name = fieldLabel(field.segment.name, field.number)?.name;
  if (isAllLost(looked)) return [{ at: repetition.at, place, name, raw: phi(repetition.raw) }];
  return lost.map(({ at, number, raw }) => ({
    at,
    place: `${place}.${number}`,
    name,
    raw: phi(raw),
  }));
}

function componentsOf(repetition: Repetition): readonly Component[] {
  const numbers = Array.from({ length: repetition.componentCount });
  return numbers.map((_each, index) => repetition.component(index + 1));
}
