import type { Node } from "./node.ts";
import type { Condition } from "./row.ts";

/** Something stands at the end of `Observation.valueString`. */
export function has(written: string): Condition {
  return ({ sight }) => sight.nodes(written).length > 0;
}

/** The element of the value at hand is there. */
export function hasOwn(name: string): Condition {
  return ({ node }) => node?.child(name) !== undefined;
}

/** The text there is one of these. */
export function isOneOf(written: string, ...texts: readonly string[]): Condition {
  return ({ sight }) => texts.includes(sight.glance(written) ?? "");
}

/** The text of that element of the value at hand is one of these. */
export function isOwn(name: string, ...texts: readonly string[]): Condition {
  return ({ node }) => texts.includes(node?.peek(name) ?? "");
}

export function allOf(...conditions: readonly Condition[]): Condition {
  return (reading) => conditions.every((holds) => holds(reading));
}

export function anyOf(...conditions: readonly Condition[]): Condition {
  return (reading) => conditions.some((holds) => holds(reading));
}

export function not(condition: Condition): Condition {
  return (reading) => !condition(reading);
}

/** The extension of that definition. */
export function isExtension(url: string): (node: Node) => boolean {
  return (node) => node.peek("url") === url;
}
