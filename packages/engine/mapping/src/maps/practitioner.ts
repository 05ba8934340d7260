import type { Practitioner, Reference } from "@trestle/fhir";
import { Component, Repetition } from "@trestle/hl7v2";
import { textConcept } from "../datatypes/cwe.ts";
import { ceShape, cnnShape, xcnShape } from "../datatypes/cx.ts";
import type { IdentifierShape } from "../datatypes/assigner.ts";
import { furtherName } from "../datatypes/further-name.ts";
import { identifier, keyOf } from "../datatypes/identifier.ts";
import { xad } from "../datatypes/xad.ts";
import { cnnName, xcnLine, xcnName } from "../datatypes/xpn.ts";
import { build } from "../rows/build.ts";
import { composite } from "../rows/composite.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { type Part, textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";

/**
 * XCN: a reference to the Practitioner, who is added to the result. Repetitions that name the same
 * person under another number are one practitioner with several identifiers; the first is the key.
 *
 * @see HL7 v2.5.1, chapter 3.4.3.7 (PV1-7): several names and identifiers of one person.
 */
export const practitioner: Converter = (part, scope) => {
  if (before(part) !== undefined) return undefined;
  return build(practitionerMap, { scope, part })?.reference ?? named(part, scope, {});
};

/** ORC-12 and its like: the practitioner, with the address in ORC-24, which tells namesakes apart. */
export const orderingProvider: Converter = (part, scope, lookup) => {
  const isFirst = part instanceof Repetition && part.index === 0;
  const known = isFirst && scope.text("ORC-24") !== undefined;
  const made = known ? build(orderingProviderMap, { scope, part }) : undefined;
  return made?.reference ?? practitioner(part, scope, lookup);
};

/** CE, as AIG-3: code, name, coding system. */
export const practitionerByCode: Converter = (part, scope) =>
  build(practitionerByCodeMap, { scope, part })?.reference;

const xcnNumber = identifier(xcnShape);
const cnnNumber = identifier(cnnShape);

/** A component that names a person, as NDL.1, is a CNN. */
const number: Converter = (part, scope, lookup) =>
  part instanceof Component ? cnnNumber(part, scope, lookup) : xcnNumber(part, scope, lookup);

const name: Converter = (part, scope, lookup) =>
  part instanceof Component ? cnnName(part, scope, lookup) : xcnName(part, scope, lookup);

/** The identifiers of a person in this repetition and in those that name the same person. */
const identifiers: Converter = (part, scope, lookup) => {
  const found = ofSamePerson(part).flatMap((each) => number(each, scope, lookup) ?? []);
  return found.length === 0 ? undefined : found;
};

const practitionerMap = defineMap<Practitioner>("practitioner", {
  type: "Practitioner",
  recurs: true,
  when: ({ part }) => part !== undefined && textIn(part, 1) !== undefined,
  keys: [[ownNumber]],
  written: samePersonAsWritten,
  adds: ["name"],
  rows: [
    { to: "identifier[]", from: 0, as: identifiers },
    { to: "name[]", from: 0, as: name, when: furtherName(name) },
    { to: "qualification[].code", from: 7, as: textConcept },
  ],
  refersWith: [{ to: "display", from: 0, as: xcnLine }],
});

const orderingProviderMap = defineMap<Practitioner>("orderingProvider", {
  type: "Practitioner",
  keys: [[numberIn(xcnShape)], [nameAndAddress]],
  written: samePersonAsWritten,
  adds: ["name", "address"],
  rows: [
    { to: "identifier[]", from: 0, as: identifiers },
    { to: "name[]", from: 0, as: xcnName, when: furtherName(xcnName) },
    { to: "address[]", from: "ORC-24", as: xad },
  ],
  refersWith: [{ to: "display", from: 0, as: xcnLine }],
});

const practitionerByCodeMap = defineMap<Practitioner>("practitionerByCode", {
  type: "Practitioner",
  keys: [[numberIn(ceShape)]],
  rows: [
    { to: "identifier[]", from: 0, as: identifier(ceShape) },
    { to: "name[].text", from: 2 },
  ],
  refersWith: [{ to: "display", from: 2 }],
});

/** Someone without a number cannot be told from a namesake, so that only the name is kept. */
const named = composite<Reference>("XCN", [{ to: "display", from: 0, as: xcnLine }]);

const [ofXcn, ofCnn] = [numberIn(xcnShape), numberIn(cnnShape)];

function ownNumber(reading: Reading): KeyValue | undefined {
  return reading.part instanceof Component ? ofCnn(reading) : ofXcn(reading);
}

function numberIn(shape: IdentifierShape) {
  return ({ scope, part }: Reading): KeyValue | undefined => {
    const value = part === undefined ? undefined : keyOf(part, scope, shape);
    return value === undefined || part === undefined ? undefined : { value, part };
  };
}

/** Who has no number is known by name and address. */
function nameAndAddress({ scope, part }: Reading): KeyValue | undefined {
  if (part === undefined) return undefined;
  const name = xcnLine(part, scope, {});
  const address = scope.part("ORC-24")?.raw;
  return typeof name === "string" ? { value: `${name}|${address ?? ""}`, part } : undefined;
}

function before(part: Part): Part | undefined {
  if (!(part instanceof Repetition) || part.index === 0) return undefined;
  const earlier = part.field.repetitions[part.index - 1];
  return earlier !== undefined && isSame(earlier, part) ? earlier : undefined;
}

/** This repetition and those right behind it that name the same person. */
function ofSamePerson(part: Part): readonly Part[] {
  if (!(part instanceof Repetition)) return [part];
  const { repetitions } = part.field;
  let end = part.index + 1;
  for (; end < repetitions.length; end += 1) {
    const next = repetitions[end];
    if (next === undefined || !isSame(part, next)) break;
  }
  return repetitions.slice(part.index, end);
}

function samePersonAsWritten(part: Part): string {
  return ofSamePerson(part)
    .map(({ raw }) => raw)
    .join("~");
}

function isSame(one: Part, other: Part): boolean {
  const family = textIn(one, 2);
  return family !== undefined && family === textIn(other, 2) && textIn(one, 3) === textIn(other, 3);
}
