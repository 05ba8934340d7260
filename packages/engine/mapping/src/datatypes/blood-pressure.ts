import { decimal } from "../decimal.ts";
import { textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";

/** `118/76`: the two components of a blood pressure panel, in mm[Hg]. */
export const bloodPressure: Converter = (part, scope) => {
  const { systolic, diastolic } = pressureShape.exec(textOf(part) ?? "")?.groups ?? {};
  if (systolic === undefined || diastolic === undefined) return undefined;
  const made = [
    { code: loinc("8480-6", "Systolic blood pressure"), valueQuantity: pressure(systolic) },
    { code: loinc("8462-4", "Diastolic blood pressure"), valueQuantity: pressure(diastolic) },
  ];
  for (const component of made) {
    const { trace } = scope.draft;
    trace?.note(component, "code", { rule: "constant" });
    trace?.note(component, "valueQuantity", { rule: "a blood pressure is in mm[Hg]" });
    trace?.note(component.valueQuantity, "value", { part });
  }
  return made;
};

/** Systolic and diastolic pressure in one text. */
export const pressureShape = /^(?<systolic>\d{1,3})\s*\/\s*(?<diastolic>\d{1,3})$/u;

function pressure(digits: string) {
  const unit = { unit: "mmHg", system: "http://unitsofmeasure.org", code: "mm[Hg]" };
  return { value: decimal(digits), ...unit };
}

function loinc(code: string, display: string) {
  return { coding: [{ system: "http://loinc.org", code, display }] };
}
