import { type Phi, reveal } from "@trestle/base";
import { type Hl7Message, fieldLabel } from "@trestle/hl7v2";

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
  /** `PID-3.7`. */
  readonly place: string;
  readonly raw: Phi<string>;
  /** Where anything else of the message was lost. */
  readonly lost: ReadonlySet<string>;
}

/** Whether what was lost is declared as not mapped. */
export function isDeclared(declared: readonly NotMapped[], lost: Lost): boolean {
  const names = namesOf(lost.place);
  return declared.some(({ field, sameAs }) => names.includes(field) && isSame(lost, sameAs));
}

function namesOf(place: string): readonly string[] {
  const [, segment = "", number = "", component] = /^(...)-(\d+)(?:\.(\d+))?$/u.exec(place) ?? [];
  const type = fieldLabel(segment, Number(number))?.type ?? "";
  const ofType = component === undefined ? [] : [`${type}.${component}`];
  return [place, `${segment}-${number}`, `${segment}-*`, ...ofType];
}

/** Whether a repetition of the named field says the same, and was not lost itself. */
function isSame({ message, raw, lost }: Lost, sameAs: string): boolean {
  if (sameAs === "") return true;
  const [name = "", number = "0"] = sameAs.split("-");
  return message
    .all(name)
    .flatMap((segment) => segment.field(Number(number)).repetitions)
    .some((repetition) => repetition.raw === reveal(raw) && !lost.has(repetition.at));
}
