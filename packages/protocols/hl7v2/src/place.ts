/** Where something stands in a message; what is undefined is not named. */
export interface Place {
  readonly segment: string;
  /** Which segment of that name, from 0. */
  readonly index: number;
  /** From 1. */
  readonly field: number | undefined;
  /** From 0. */
  readonly repetition: number | undefined;
  /** From 1. */
  readonly component: number | undefined;
  /** From 1. */
  readonly subcomponent: number | undefined;
}

/**
 * Reads `PID`, `PID-5`, `PID-3[1].4`, `OBX[2]-5.1.2`; a point may stand for the hyphen.
 *
 * @returns Undefined where the path names no place. Numbers have at most five digits.
 */
export function readPlace(path: string): Place | undefined {
  const known = places.get(path);
  if (known !== undefined) return known;
  const place = parse(path);
  if (place === undefined) return undefined;
  // Programs ask for few places many times. Places made up on the way must not fill the memory.
  if (places.size >= mostKnownPlaces) places.clear();
  places.set(path, place);
  return place;
}

function parse(path: string): Place | undefined {
  const parts = shape.exec(path)?.groups;
  if (parts === undefined) return undefined;
  const { segment = "", index = "0", field, repetition, component, subcomponent } = parts;
  return {
    segment,
    index: Number(index),
    field: numbered(field),
    repetition: numbered(repetition),
    component: numbered(component),
    subcomponent: numbered(subcomponent),
  };
}

function numbered(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

const shape =
  /^(?<segment>[A-Z][A-Z0-9]{2})(?:\[(?<index>\d{1,7})\])?(?:[-.](?<field>[1-9]\d{0,4})(?:\[(?<repetition>\d{1,5})\])?(?:\.(?<component>[1-9]\d{0,4})(?:\.(?<subcomponent>[1-9]\d{0,4}))?)?)?$/u;

const mostKnownPlaces = 1000;
const places = new Map<string, Place>();
