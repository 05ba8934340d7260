import { type Hl7Message, type Segment, fieldLabel } from "@trestle/hl7v2";

/** A field that is not mapped on purpose: a line of `declarations/not-mapped.csv`. */
export interface NotMapped {
  /** `PID-1`, a component `PID-3.7`, a component of a data type `CX.2`; `SFT-*` a whole segment. */
  readonly field: string;
  readonly name: string;
  /** Only where the field says the same as this one of the message, `ORC-2`; mostly empty. */
  readonly sameAs: string;
  readonly reason: string;
}

/** Something that reached no value of a result. */
interface Lost {
  readonly message: Hl7Message;
  readonly segment: Segment;
  readonly place: string;
  readonly raw: string;
}

/** Whether what was lost is declared as not mapped. */
export function isDeclared(declared: readonly NotMapped[], lost: Lost): boolean {
  const names = namesOf(lost);
  return declared.some(({ field, sameAs }) => names.includes(field) && isSame(lost, sameAs));
}

function namesOf({ segment, place }: Lost): readonly string[] {
  const [, number = "", component] = /-(\d+)(?:\.(\d+))?$/u.exec(place) ?? [];
  const field = `${segment.name}-${number}`;
  const type = fieldLabel(segment.name, Number(number))?.type ?? "";
  return [
    place,
    field,
    `${segment.name}-*`,
    ...(component === undefined ? [] : [`${type}.${component}`]),
  ];
}

/** The same repetition somewhere in the named field, in the segment of the same number first. */
function isSame({ message, raw }: Lost, sameAs: string): boolean {
  if (sameAs === "") return true;
  const [name = "", number = "0"] = sameAs.split("-");
  return message
    .all(name)
    .flatMap((segment) => segment.field(Number(number)).repetitions)
    .some((repetition) => repetition.raw === raw);
}
