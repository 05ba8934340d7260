import type { Component } from "@trestle/hl7v2";

/** The segment of a repetition with these of its components left empty. */
export function without(components: readonly Component[]): string {
  const [first] = components;
  if (first === undefined) throw new TypeError("no component is left out");
  const { field, index, raw } = first.repetition;
  const { segment } = field;
  const { separators } = segment;
  const numbers = new Set(components.map(({ number }) => number));
  const left = raw
    .split(separators.component)
    .map((each, at) => (numbers.has(at + 1) ? "" : each))
    .join(separators.component);
  const all = field.repetitions.map((each) => (each.index === index ? left : each.raw));
  const at = segment.name === "MSH" ? field.number - 1 : field.number;
  const fields = segment.raw.split(separators.field).with(at, all.join(separators.repetition));
  return fields.join(separators.field);
}
