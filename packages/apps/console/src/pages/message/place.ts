/** A place in a message, in parts that can be compared. */
interface Place {
  /** With its number: `OBX[2]`. */
  readonly segment: string;
  /** Field, repetition, component, subcomponent, as far as given. */
  readonly parts: readonly number[];
}

/**
 * How a place stands to the one that is selected: it is the same, or one lies inside the other.
 */
export function relationOf(place: string, selected: string): "same" | "near" | undefined {
  if (place === selected) return "same";
  const one = parsePlace(place);
  const other = parsePlace(selected);
  if (one === undefined || other === undefined || one.segment !== other.segment) return undefined;
  const shared = Math.min(one.parts.length, other.parts.length);
  for (let index = 0; index < shared; index += 1) {
    if (one.parts[index] !== other.parts[index]) return undefined;
  }
  return "near";
}

/** Whether it is a place in a message: a problem may also stand at a line, or at a byte. */
export function isPlace(at: string): boolean {
  return shape.test(at);
}

/** The first of its kind and the first repetition are written without a number. */
function parsePlace(place: string): Place | undefined {
  const parts = shape.exec(place)?.groups;
  if (parts === undefined) return undefined;
  const { segment = "", field, repetition, component, subcomponent } = parts;
  const isDeep = component !== undefined || repetition !== undefined;
  const inOrder = [field, isDeep ? (repetition ?? "0") : undefined, component, subcomponent];
  return { segment, parts: inOrder.filter((part) => part !== undefined).map(Number) };
}

const shape =
  /^(?<segment>[A-Z][A-Z0-9]{2}(?:\[\d+\])?)(?:-(?<field>\d+)(?:\[(?<repetition>\d+)\])?(?:\.(?<component>\d+)(?:\.(?<subcomponent>\d+))?)?)?$/u;
