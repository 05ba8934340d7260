import type { Place, Target } from "./row.ts";

/** Takes `PID-5`, `PID-5.1` or a component number apart. Remembers what it has seen; maps are few. */
export function placeOf(written: string | number): Place {
  const known = places.get(written);
  if (known !== undefined) return known;
  const place = typeof written === "number" ? componentPlace(written) : readPlace(written);
  places.set(written, place);
  return place;
}

/** Takes `period.start`, `name[]` or `communication[].language` apart. */
export function targetOf(written: string): Target {
  const [head = "", item] = written.split("[]");
  const owners = head.split(".");
  const key = owners.pop() ?? "";
  const itemKeys = (item ?? "").split(".").filter((step) => step !== "");
  return { owners, key, isList: item !== undefined, itemKeys };
}

/** The number of a segment's name, by which groups keep their segments; -1 for one nothing reads. */
export function segmentNumberOf(name: string): number {
  return segmentNumbers.get(name) ?? -1;
}

/** Gives the name of a segment a number. Names that messages bring get none. */
export function numberSegment(name: string): number {
  const number = segmentNumbers.get(name) ?? segmentNumbers.size;
  segmentNumbers.set(name, number);
  return number;
}

function componentPlace(component: number): Place {
  return { segment: "", segmentNumber: -1, index: -1, field: 0, component };
}

/** Whether this names a field or a component, such as `PID-5.1`. */
export function isPlace(written: string): boolean {
  return placeShape.test(written);
}

function readPlace(written: string): Place {
  const parts = placeShape.exec(written);
  if (parts?.groups === undefined) throw new TypeError(`“${written}” is no place in a message`);
  const { segment = "", field, component = "0" } = parts.groups;
  const number = numberSegment(segment);
  const index = placesIn[number] ?? 0;
  placesIn[number] = index + 1;
  return {
    segment,
    segmentNumber: number,
    index,
    field: Number(field),
    component: Number(component),
  };
}

const placeShape = /^(?<segment>[A-Z][A-Z0-9]{2})-(?<field>\d+)(?:\.(?<component>\d+))?$/u;

const places = new Map<string | number, Place>();
const segmentNumbers = new Map<string, number>();
/** How many places of each segment have an index. */
const placesIn: number[] = [];
