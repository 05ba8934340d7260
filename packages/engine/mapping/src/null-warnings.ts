import type { Problem } from "@trestle/base";
import type { Hl7Message } from "@trestle/hl7v2";
import { warnings } from "./warnings.ts";

/**
 * HL7 null, `""`, asks to delete a value. Where a resource is told as a whole, leaving the value
 * out deletes it. A patient and a visit are told in parts, so that there it does not: these fields
 * are named in one warning.
 *
 * @see HL7 v2.5.1, chapter 2.5.3.1
 */
export function nullWarnings(message: Hl7Message): readonly Problem[] {
  const fields = message.segments.filter(mayHoldNull).flatMap((segment) =>
    Array.from({ length: segment.fieldCount }, (_, index) => segment.field(index + 1))
      .filter(({ isNull }) => isNull)
      .map(({ at }) => at),
  );
  const [first] = fields;
  return first === undefined ? [] : [warnings.nullKept(fields, first)];
}

function mayHoldNull({ name, raw }: { name: string; raw: string }): boolean {
  return toldInParts.has(name) && raw.includes('""');
}

/** The segments of what the record keeps in parts. */
const toldInParts: ReadonlySet<string> = new Set("PID PD1 NK1 PV1 PV2 GT1 IN1 IN2".split(" "));
