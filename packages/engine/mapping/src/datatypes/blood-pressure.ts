import type { Quantity } from "@trestle/fhir";
import { decimal } from "../decimal.ts";
import { textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { unitOf } from "./quantity.ts";

/** `118/76`: the two components of a blood pressure panel, in the unit of OBX-6, else in mm[Hg]. */
export const bloodPressure: Converter = (part, scope) => {
  const { systolic, diastolic } = pressureShape.exec(textOf(part) ?? "")?.groups ?? {};
  if (systolic === undefined || diastolic === undefined) return undefined;
  const unitPart = scope.part("OBX-6");
  const unit = unitPart === undefined ? mercury : unitOf(unitPart, scope);
  const made = [
    { code: loinc("8480-6", "Systolic blood pressure"), valueQuantity: pressure(systolic, unit) },
    { code: loinc("8462-4", "Diastolic blood pressure"), valueQuantity: pressure(diastolic, unit) },
  ];
  const { trace } = scope.draft;
  const because = unitPart === undefined ? { rule: "no unit means mm[Hg]" } : { part: unitPart };
  for (const component of made) {
    trace?.note(component, "code", { rule: "constant" });
    trace?.note(component, "valueQuantity", because);
    trace?.note(component.valueQuantity, "value", { part });
  }
  return made;
};

/** Systolic and diastolic pressure in one text; in kPa they have decimals. */
export const pressureShape =
  /^(?<systolic>\d{1,3}(?:\.\d+)?)\s*\/\s*(?<diastolic>\d{1,3}(?:\.\d+)?)$/u;

const mercury: Partial<Quantity> = {
  unit: "mmHg",
  system: "http://unitsofmeasure.org",
  code: "mm[Hg]",
};

function pressure(digits: string, unit: Partial<Quantity>) {
  return { value: decimal(digits), ...unit };
}

function loinc(code: string, display: string) {
  return { coding: [{ system: "http://loinc.org", code, display }] };
}
