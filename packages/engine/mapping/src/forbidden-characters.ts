import { type Hl7Message, type Segment, unescapeText } from "@trestle/hl7v2";
import type { Draft } from "./rows/draft.ts";
import { warnings } from "./warnings.ts";

/**
 * Marks what FHIR forbids in a text, and says in which fields it stood. A message has none unless
 * its bytes or its escapes show one, so that nearly all are done with one look at each segment.
 *
 * The mark is U+FFFD: it is allowed in every type of FHIR, and a reader sees that something was
 * there.
 *
 * @see FHIR R4, 2.24.0.1: no characters below 32 but tab, line feed and carriage return
 */
export function markForbiddenCharacters(draft: Draft, message: Hl7Message): void {
  const suspects = message.segments.filter(isSuspicious);
  const fields = suspects.flatMap(fieldsWithForbidden);
  if (fields.length === 0) return;
  for (const at of fields) draft.warn(warnings.forbiddenCharacter(at));
  for (const { resource, reference } of draft.built) {
    mark(resource);
    mark(reference);
  }
}

/** It has one as it is, or an escape of a character by its number. */
function isSuspicious({ raw, separators }: Segment): boolean {
  return forbidden.test(raw) || (raw.includes(separators.escape) && byNumber.test(raw));
}

function fieldsWithForbidden(segment: Segment): readonly string[] {
  const numbers = Array.from({ length: segment.fieldCount }, (_, index) => index + 1);
  return numbers
    .map((number) => segment.field(number))
    .filter((field) => forbidden.test(unescapeText(field.raw, segment.separators)))
    .map(({ at }) => at);
}

function mark(value: object): void {
  for (const [key, child] of Object.entries(value) as [string, unknown][]) {
    if (typeof child === "string" && forbidden.test(child)) {
      Object.assign(value, { [key]: child.replaceAll(each, "\uFFFD") });
    }
    if (typeof child === "object" && child !== null && !isExactNumber(child)) mark(child);
  }
}

/** A decimal that keeps its digits is a frozen object of JSON's own. */
function isExactNumber(value: object): boolean {
  return Object.getPrototypeOf(value) === null;
}

/** Control characters, but for tab, line feed, carriage return and those from 7F, which FHIR allows. */
const forbidden = /[^\t\n\r\P{Cc}\u007F-\u009F]/u;
const each = new RegExp(forbidden, "gu");
const byNumber = /X[\dA-F]/iu;
