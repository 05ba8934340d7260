import { localSystem } from "../datatypes/code.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier } from "../datatypes/identifier.ts";
import { allOf, lacks } from "../rows/conditions.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { type Part, inside, textIn } from "../rows/part.ts";
import type { Condition, Converter } from "../rows/row.ts";

/** Point of care, room and bed, as people at the site would say it. */
export const bedName: Converter = (part) => words(part, [1, 2, 3]).join(" ");
export const roomName: Converter = (part) => words(part, [1, 2]).join(" ");

export function isNamed(component: number): Condition {
  return ({ part }) => part !== undefined && textIn(part, component) !== undefined;
}

export function isSmallest(...smaller: readonly number[]): Condition {
  return allOf(...smaller.map((component) => lacks(component)));
}

export function piecesOf(...numbers: readonly number[]) {
  return ({ part }: Pick<Reading, "part">): KeyValue | undefined => {
    if (part === undefined) return undefined;
    return { value: numbers.map((number) => textIn(part, number) ?? "").join("|"), part };
  };
}

/** The key of a bed in which no bed is named. */
export function keyOfRoom({ part }: Pick<Reading, "part">): KeyValue | undefined {
  const key = piecesOf(4, 1, 2)({ part });
  return key && { ...key, value: `${key.value}|` };
}

/** What parts places of one name: the building and the floor, where they are told. */
export function placedIn({ part }: Pick<Reading, "part">): KeyValue | undefined {
  if (part === undefined) return undefined;
  const isTold = [7, 8].some((number) => textIn(part, number) !== undefined);
  return isTold ? piecesOf(7, 8)({ part }) : undefined;
}

/** Parts the key of a building or a floor from that of a ward. */
export function kindOfPlace(name: string) {
  return (): KeyValue => ({ value: name, name: "the kind of place" });
}

/** The key of the place that a PL names, wherever it is named. */
export function locationKey(part: Part): KeyValue | undefined {
  const hasRoom = textIn(part, 2) !== undefined || textIn(part, 3) !== undefined;
  return (hasRoom ? piecesOf(4, 1, 2, 3) : piecesOf(4, 1))({ part });
}

/** What a PL calls the place. */
export const placeName: Converter = (part, scope, lookup) =>
  textIn(part, 9) ?? bedName(part, scope, lookup);

export function local(name: string): Converter {
  return (part, scope) => {
    const value = textIn(part, 1);
    return value === undefined ? undefined : { system: localSystem(scope, name), value };
  };
}

/** The code by which the site calls a place. */
export const codeOfPlace = local("location");

/** The code of a ward; a room or a bed has none of its own. */
export const placeCode: Converter = (part, scope, lookup) =>
  textIn(part, 2) === undefined && textIn(part, 3) === undefined
    ? codeOfPlace(inside(part, 1), scope, lookup)
    : undefined;

/** PL.10, which identifies the smallest place; PL.11 says who gave it where PL.10 does not. */
export function whole(...args: Parameters<Converter>): unknown {
  const [part, scope, lookup] = args;
  const isAssigned = textIn(inside(part, 10), 2) ?? textIn(inside(part, 10), 3);
  return isAssigned === undefined
    ? assignedIn(...args)
    : selfAssigned(inside(part, 10), scope, lookup);
}

const assignedIn = identifier({ value: 10, authority: 11, kind: "place" });
const selfAssigned = identifier(eiShape("place"));

function words(part: Part, numbers: readonly number[]): readonly string[] {
  return numbers.map((number) => textIn(part, number)).filter((word) => word !== undefined);
}
