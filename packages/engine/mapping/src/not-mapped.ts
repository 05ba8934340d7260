import { type Phi, reveal } from "@trestle/base";
import { type Hl7Message, fieldLabel } from "@trestle/hl7v2";

/** A field that is not mapped on purpose: a line of `declarations/not-mapped.csv`. */
export interface NotMapped {
  /** `PID-1`, a component `PID-3.7`, a component of a data type `CX.2`; `SFT-*` a whole segment. */
  readonly field: string;
  readonly name: string;
  /**
   * Only where the field says the same as this one of the message, `ORC-2`, or says just this,
   * `=RE`; mostly empty.
   */
  readonly sameAs: string;
  readonly reason: string;
}

/** Something that reached no value of a result. */
interface Lost {
  readonly message: Hl7Message;
  /** `PID-3.7`. */
  readonly place: string;
  /** The same in this message, `PID-3[1].7`. */
  readonly at: string;
  readonly raw: Phi<string>;
  /** Where anything else of the message was lost. */
  readonly lost: ReadonlySet<string>;
}

/** Whether what was lost is declared as not mapped. */
export function isDeclared(declared: readonly NotMapped[], lost: Lost): boolean {
  const names = namesOf(lost);
  return declared.some(({ field, sameAs }) => names.includes(field) && isSame(lost, sameAs));
}

function namesOf({ place, at, message }: Lost): readonly string[] {
  const [, segment = "", number = "", component] = /^(...)-(\d+)(?:\.(\d+))?$/u.exec(place) ?? [];
  const type = place.startsWith("OBX-5.")
    ? valueTypeAt(at, message)
    : fieldLabel(segment, Number(number))?.type;
  const ofType = component === undefined ? [] : [`${type ?? ""}.${component}`];
  return [place, `${segment}-${number}`, `${segment}-*`, ...ofType];
}

/** OBX-2, which says of what type OBX-5 is. */
function valueTypeAt(at: string, message: Hl7Message): string | undefined {
  const index = /^OBX\[(?<index>\d+)\]/u.exec(at)?.groups?.["index"] ?? "0";
  return message.all("OBX")[Number(index)]?.field(2).text;
}

/** Whether a repetition of the named field says the same, and was not lost itself. */
function isSame({ message, raw, lost }: Lost, sameAs: string): boolean {
  if (sameAs === "") return true;
  if (sameAs.startsWith("=")) return reveal(raw) === sameAs.slice(1);
  const [name = "", number = "0"] = sameAs.split("-");
  return message
    .all(name)
    .flatMap((segment) => segment.field(Number(number)).repetitions)
    .some((repetition) => repetition.raw === reveal(raw) && !lost.has(repetition.at));
}
