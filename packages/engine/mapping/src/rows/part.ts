import { Component, Field, Repetition, Subcomponent } from "@trestle/hl7v2";

/** Any piece of a message that a row can read; each knows where it stands. */
export type Part = Field | Repetition | Component | Subcomponent;

/** The component of a field or repetition, or the subcomponent of a component, from 1. */
export function inside(part: Part, number: number): Part {
  if (part instanceof Repetition || part instanceof Field) return part.component(number);
  if (part instanceof Component) return part.subcomponent(number);
  return number === 1 ? part : new Subcomponent(part.component, number, "");
}

/** Whether anything stands there; the HL7 null is nothing. */
export function isWritten({ raw }: Part): boolean {
  return raw !== "" && raw !== '""';
}

/** The text without escapes and outer blanks. Undefined where empty, blank, or the HL7 null. */
export function textOf(part: Part): string | undefined {
  const text = part.text?.trim();
  return text === "" ? undefined : text;
}

/** `textOf` of a component, or of a subcomponent. */
export function textIn(part: Part, number: number): string | undefined {
  if (part instanceof Repetition) {
    return number > part.componentCount ? undefined : textOf(part.component(number));
  }
  return textOf(inside(part, number));
}

/** As written, of a component or a subcomponent; empty where nothing is written that far. */
export function rawIn(part: Part, number: number): string {
  return isBeyond(part, number) ? "" : inside(part, number).raw;
}

/** Nothing was written that far; most components of most fields are not. */
export function isBeyond(part: Part, number: number): boolean {
  return part instanceof Repetition && number > part.componentCount;
}
