import type { Segment } from "@trestle/hl7v2";
import type { KeyPiece } from "../rows/key.ts";
import type { Group } from "../structure/group.ts";

/** Where a segment says who somebody is. */
interface PersonFields {
  readonly segment: string;
  readonly name: number;
  readonly birth: number;
  readonly sex: number;
  /** Where two such segments of one name have numbers, they tell of two people. */
  readonly number?: number;
}

const relative: PersonFields = { segment: "NK1", name: 2, birth: 16, sex: 15 };

/**
 * For the key of somebody who is taken for whoever has the same name: that a relative of that name
 * is somebody else, born on another day or of another sex, or that another segment of this kind
 * gives the name another number.
 */
export function namesake(own: PersonFields): KeyPiece {
  return ({ scope }) => {
    const [segment] = scope.group.segments(own.segment);
    const [part] = segment?.field(own.name).repetitions ?? [];
    if (segment === undefined || part === undefined) return undefined;
    const root = rootOf(scope.group);
    const facts = factsOf(segment, own);
    const isOther = [relative, own].some((fields) =>
      root.segmentsBelow(fields.segment).some((each) => differ(facts, factsOf(each, fields))),
    );
    return isOther ? { value: `${facts.birth} ${facts.sex} ${facts.number}`, part } : undefined;
  };
}

type Facts = Readonly<Record<"name" | "birth" | "sex" | "number", string>>;

/** As written; the day of birth without a time of day. */
function factsOf(segment: Segment, { name, birth, sex, number }: PersonFields): Facts {
  const first = (field: number, component = 1) => segment.field(field).component(component).raw;
  return {
    name: `${first(name)}^${first(name, 2)}`,
    birth: first(birth).slice(0, 8),
    sex: first(sex),
    number: number === undefined ? "" : first(number),
  };
}

/** Of one name, and not one person: both say something, and not the same. */
function differ(one: Facts, other: Facts): boolean {
  if (one.name !== other.name) return false;
  return (["birth", "sex", "number"] as const).some(
    (fact) => one[fact] !== "" && other[fact] !== "" && one[fact] !== other[fact],
  );
}

function rootOf(group: Group): Group {
  return group.around === undefined ? group : rootOf(group.around);
}
