import type { Identifier, Reference } from "@trestle/fhir";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { compileRows } from "../rows/compile-rows.ts";
import type { Draftable } from "../rows/draft.ts";
import { fill } from "../rows/fill.ts";
import { type Part, inside, textIn } from "../rows/part.ts";
import { placeOf } from "../rows/place.ts";
import type { Converter, Row } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import type { Trace } from "../rows/trace.ts";
import type { IdentifierShape } from "./assigner.ts";
import { extension } from "./extension.ts";
import { identifierSystem } from "./identifier-system.ts";
import { text } from "./text.ts";
import { dateTime } from "./ts.ts";

/** CX, EI, XCN and the like as an Identifier. */
export function identifier(shape: IdentifierShape): Converter {
  const rest = compileRows("identifier", restOf(shape));
  return (part, scope) => {
    const value = textIn(part, shape.value);
    if (value === undefined) return undefined;
    const { system, type, because, assigner } = identifierSystem(part, scope, shape);
    const made: Identifier & Draftable = type
      ? { type: { coding: [type] }, system, value }
      : { system, value };
    fill(made, rest, { scope, part });
    if (assigner !== undefined) made.assigner = structuredClone(assigner);
    const { trace } = scope.draft;
    if (trace === undefined) return made;
    trace.note(made, "type", { part, ...because });
    trace.note(made, "system", { part, ...because });
    if (made.assigner !== undefined) noteAssigner(made.assigner, { part, trace, shape });
    trace.note(made, "value", { part: inside(part, shape.value) });
    return made;
  };
}

function noteAssigner(
  assigner: Reference,
  { part, trace, shape }: { part: Part; trace: Trace; shape: IdentifierShape },
): void {
  const number = shape.authority ?? shape.authorityFrom;
  const authority = number === undefined ? part : inside(part, number);
  trace.note(assigner, "display", { part: authority });
  if (assigner.identifier === undefined) return;
  for (const key of ["system", "value"]) trace.note(assigner.identifier, key, { part: authority });
}

/** A row whose component not every data type has. */
type RowPerhaps = Omit<Row<keyof Identifier>, "from"> & { readonly from: number | undefined };

/** What few senders fill: the check digit with its scheme, and how long the identifier is valid. */
function restOf(shape: IdentifierShape): readonly Row<keyof Identifier>[] {
  const { checkDigit, checkScheme, validFrom, validTo } = shape;
  const standard = "http://hl7.org/fhir/StructureDefinition";
  const digit = extension(`${standard}/identifier-checkDigit`, "valueString", text);
  const scheme = extension(`${standard}/namingsystem-checkDigit`, "valueString", text);
  const rows: readonly RowPerhaps[] = [
    { to: "extension[]", id: "checkDigit", from: checkDigit, as: digit },
    { to: "extension[]", id: "checkScheme", from: checkScheme, as: scheme },
    { to: "period.start", from: validFrom, as: dateTime },
    { to: "period.end", from: validTo, as: dateTime },
  ];
  return rows.flatMap(({ from, ...row }) => (from === undefined ? [] : [{ ...row, from }]));
}

/** `system|value` of the first identifier at the place, as a piece of a business key. */
export function identifierKey(place: string, shape: IdentifierShape) {
  const at = placeOf(place);
  const firstIn = ({ scope }: Reading): KeyValue | undefined => {
    for (const part of scope.find(at).parts) {
      const value = keyOf(part, scope, shape);
      if (value !== undefined) return { value, part };
    }
    return undefined;
  };
  // All observations of an order ask for the number of the order.
  return (reading: Reading): KeyValue | undefined =>
    reading.scope.ownerOf(at.segmentNumber).derive(firstIn, () => firstIn(reading));
}

/** `system|value`; undefined where there is no value. */
export function keyOf(part: Part, scope: Scope, shape: IdentifierShape): string | undefined {
  const value = textIn(part, shape.value);
  return value && `${identifierSystem(part, scope, shape).system}|${value}`;
}

/** A `system|value` as the identifier of a reference. */
export function logicalReference(key: string | undefined): Identifier | undefined {
  if (key === undefined) return undefined;
  const bar = key.indexOf("|");
  return { system: key.slice(0, bar), value: key.slice(bar + 1) };
}
