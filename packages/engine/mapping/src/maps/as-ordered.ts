import type { Segment } from "@trestle/hl7v2";
import { segmentOf } from "../datatypes/beside.ts";
import { spoken, spokenFrom } from "../datatypes/spoken.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";

/**
 * What was ordered, as far as pharmacy encoded it otherwise: one text to be read, beside the
 * request, which says what pharmacy made of it. A second request for the same order could be
 * taken for a second drug.
 *
 * Read with any field of the RXO at hand.
 *
 * @see HL7 v2.8.2, chapters 4A.4.1 (RXO) and 4A.4.4 (RXE)
 */
export const asOrdered: Converter = (part, scope) => {
  const ordered = segmentOf(part);
  const [encoded] = scope.segments("RXE");
  if (encoded === undefined) return undefined;
  const fields = pairs.filter((pair) => differs(pair, ordered, encoded));
  const told = [
    ...fields.map(({ name, rxo }) => `${name} ${spoken(ordered.field(rxo).repetitions)}`),
    ...around.flatMap(([name, segment]) =>
      covered(scope, segment).map((text) => `${name} ${text}`),
    ),
  ];
  return told.length === 0 ? undefined : `Ordered: ${told.join("; ")}`;
};

/** The fields of an RXO that an RXE tells too. */
export const orderedFields: readonly string[] = ["RXO-1", "RXO-2", "RXO-7", "RXO-11"];

interface Pair {
  readonly name: string;
  readonly rxo: number;
  readonly rxe: number;
  /** Where pharmacy says nothing, what was ordered stands in the request. */
  readonly fallsBack?: true;
}

function differs({ rxo, rxe, fallsBack }: Pair, ordered: Segment, encoded: Segment): boolean {
  const [own, other] = [ordered.field(rxo), encoded.field(rxe)];
  if (own.isEmpty || own.isNull || own.raw === other.raw) return false;
  return fallsBack !== true || !other.isEmpty;
}

/** What the order says in segments that the encoded order has of its own. */
function covered(scope: Scope, name: string): readonly string[] {
  const own = new Set(scope.segments(name).map(({ raw }) => raw));
  return scope
    .segmentsAround(name)
    .filter(({ raw }) => !own.has(raw))
    .map((segment) => spokenFrom(segment, numbered.has(name) ? 2 : 1));
}

const pairs: readonly Pair[] = [
  { name: "medication", rxo: 1, rxe: 2 },
  { name: "at least", rxo: 2, rxe: 3 },
  { name: "at most", rxo: 3, rxe: 4 },
  { name: "unit", rxo: 4, rxe: 5 },
  { name: "form", rxo: 5, rxe: 6 },
  { name: "instructions", rxo: 7, rxe: 7, fallsBack: true },
  { name: "substitution", rxo: 9, rxe: 9, fallsBack: true },
  { name: "dispense", rxo: 11, rxe: 10 },
  { name: "dispense unit", rxo: 12, rxe: 11 },
  { name: "refills", rxo: 13, rxe: 12, fallsBack: true },
  { name: "by", rxo: 14, rxe: 13, fallsBack: true },
  { name: "strength", rxo: 18, rxe: 25 },
  { name: "strength unit", rxo: 19, rxe: 26 },
  { name: "for", rxo: 20, rxe: 27, fallsBack: true },
  { name: "rate", rxo: 21, rxe: 23 },
  { name: "rate unit", rxo: 22, rxe: 24 },
  { name: "most a day", rxo: 23, rxe: 19, fallsBack: true },
  { name: "pharmacy", rxo: 32, rxe: 40, fallsBack: true },
  { name: "strength volume", rxo: 25, rxe: 33 },
  { name: "strength volume unit", rxo: 26, rxe: 34 },
];

const around = [
  ["timing", "TQ1"],
  ["route", "RXR"],
  ["component", "RXC"],
] as const;

/** Segments that begin with their number. */
const numbered: ReadonlySet<string> = new Set(["TQ1"]);
