import type { Problem } from "@trestle/base";
import type { Hl7Message } from "@trestle/hl7v2";
import { orderFamilies } from "./maps/order.ts";
import { warnings } from "./warnings.ts";

/**
 * HL7 null, `""`, asks to delete a value. Where a resource is told as a whole, leaving the value
 * out deletes it. A patient, a visit and an order of a service are told in parts, so that there it
 * does not: these fields are named in one warning.
 *
 * @see HL7 v2.5.1, chapter 2.5.3.1
 */
export function nullWarnings(message: Hl7Message): readonly Problem[] {
  const names = isAboutService(message) ? [...toldInParts, ...ofService] : toldInParts;
  const holders = message.segments.filter(
    ({ name, raw }) => raw.includes('""') && names.includes(name),
  );
  const fields = holders.flatMap((segment) =>
    Array.from({ length: segment.fieldCount }, (_, index) => segment.field(index + 1))
      .filter(({ isNull }) => isNull)
      .map(({ at }) => at),
  );
  const [first] = fields;
  return first === undefined ? [] : [warnings.nullKept(fields, first)];
}

/** An order of a medication is told as a whole. */
function isAboutService(message: Hl7Message): boolean {
  return orderFamilies.has(message.get("MSH-9.1") ?? "") && message.first("RXO") === undefined;
}

/** The segments of what the record keeps in parts. */
const toldInParts = "PID PD1 NK1 PV1 PV2 GT1 IN1 IN2".split(" ");

const ofService = ["ORC", "OBR", "TQ1"];
