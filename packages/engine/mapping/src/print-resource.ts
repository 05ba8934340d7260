/** A resource as text. */
export interface PrintedResource {
  /** Its JSON. */
  readonly text: string;
  /** Whether the same object stands in the results of other messages too, so that it never changes. */
  readonly recurs: boolean;
}

/** The JSON of a resource; of one that recurs, as it was printed the first time. */
export function printResource(resource: object): PrintedResource {
  const known = recurrent.get(resource);
  if (known === undefined) return { text: JSON.stringify(resource), recurs: false };
  if (known !== unprinted) return known;
  const printed = { text: JSON.stringify(resource), recurs: true };
  recurrent.set(resource, printed);
  return printed;
}

/** Says that a resource will stand in the results of many messages. Printed when first asked for. */
export function willRecur(resource: object): void {
  recurrent.set(resource, unprinted);
}

/** As long as some mapper remembers the resource. */
const recurrent = new WeakMap<object, PrintedResource>();
const unprinted: PrintedResource = { text: "", recurs: true };
