// Reads FHIR R4 as plain JSON: what is absent, or masked, is an empty text.

/** What stands at a path; undefined where nothing does. */
export function valueAt(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (typeof inner !== "object" || inner === null) return undefined;
    return (inner as Readonly<Record<string | number, unknown>>)[step];
  }, value);
}

/** The text, number or truth at a path, as text. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = valueAt(value, ...path);
  if (typeof found === "string") return found;
  return typeof found === "number" || typeof found === "boolean" ? String(found) : "";
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** A CodeableConcept as people read it: its text, else a display, else a code. */
export function conceptText(concept: unknown): string {
  const codings = listAt(concept, "coding");
  const display = codings.map((coding) => textAt(coding, "display")).find((text) => text !== "");
  return textAt(concept, "text") || display || textAt(codings[0], "code");
}

/** What tells a CodeableConcept from others: the first code with its system, else its text. */
export function conceptKey(concept: unknown): string {
  const coding = listAt(concept, "coding")[0];
  const code = textAt(coding, "code");
  return code === "" ? textAt(concept, "text") : `${textAt(coding, "system")}|${code}`;
}

/** The first element of `effective[x]` and the like that says when: a time, or a period's start. */
export function periodText(period: unknown): string {
  const start = textAt(period, "start");
  const end = textAt(period, "end");
  if (start === "" && end === "") return "";
  return end === ""
    ? `since ${start.slice(0, 10)}`
    : `${start.slice(0, 10)} to ${end.slice(0, 10)}`;
}

/** `6.1 %`, `118/76 mmHg`, text, or a concept's text: whichever `value[x]` there is. */
export function observedText(observation: unknown): string {
  const quantity = valueAt(observation, "valueQuantity");
  if (quantity !== undefined) return quantityText(quantity);
  const components = listAt(observation, "component").map((part) => observedText(part));
  return (
    textAt(observation, "valueString") ||
    conceptText(valueAt(observation, "valueCodeableConcept")) ||
    textAt(observation, "valueInteger") ||
    textAt(observation, "valueDateTime") ||
    components.filter((text) => text !== "").join(" / ")
  );
}

export function quantityText(quantity: unknown): string {
  const unit = textAt(quantity, "unit") || textAt(quantity, "code");
  return `${textAt(quantity, "comparator")}${textAt(quantity, "value")} ${unit}`.trim();
}
