import type { CodeableConcept } from "@trestle/fhir";
import type { Converter } from "../rows/row.ts";
import { fieldBeside } from "./beside.ts";
import { cwe } from "./cwe.ts";

/** CWE with the codes of other fields of its segment, which name the same in other systems. */
export function supplemented(...fields: readonly number[]): Converter {
  return (part, scope, lookup) => {
    const made = cwe(part, scope, lookup) as CodeableConcept | undefined;
    const others = fields.flatMap((field) => fieldBeside(part, field));
    const more = others.flatMap((each) => {
      const { coding, text } = (cwe(each, scope, {}) ?? {}) as CodeableConcept;
      const codings = coding ?? (text === undefined ? [] : [{ display: text }]);
      return codings.map((coded) => ({ coded, part: each }));
    });
    if (made === undefined || more.length === 0) return made;
    const coding = [...(made.coding ?? []), ...more.map(({ coded }) => coded)];
    const whole = { ...made, coding };
    const { trace } = scope.draft;
    trace?.note(whole, "text", { part });
    for (const [index, { part: source }] of more.entries()) {
      trace?.note(coding, (made.coding?.length ?? 0) + index, { part: source });
    }
    return whole;
  };
}
