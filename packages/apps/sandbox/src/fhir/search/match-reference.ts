import { type Json, isObject } from "./values.ts";

/**
 * Whether a reference is to what is asked for: `id`, `Type/id` or an address that ends with it.
 *
 * @param target The only type that counts, where the parameter has one.
 */
export function matchesReference(value: Json, asked: string, target?: string): boolean {
  const reference = isObject(value) ? value["reference"] : value;
  if (typeof reference !== "string") return false;
  const [type, id] = referenceParts(reference);
  if (target !== undefined && type !== target) return false;
  const [askedType, askedId] = referenceParts(asked);
  return id === askedId && (askedType === undefined || askedType === type);
}

/** `Type` and `id` of a reference, however much of an address stands before; no type where none is. */
export function referenceParts(reference: string): readonly [string | undefined, string] {
  const steps = reference.split("/");
  const id = steps.pop() ?? "";
  return [steps.pop(), id];
}
