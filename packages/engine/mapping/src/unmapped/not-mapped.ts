import { type Phi, reveal } from "@trestle/base";
import { type Hl7Message, fieldLabel } from "@trestle/hl7v2";

/** A field that is not mapped on purpose: a line of `declarations/not-mapped.csv`. */
export interface NotMapped {
  /** `PID-1`, a component `PID-3.7`, a component of a data type `CX.2`; `SFT-*` a whole segment. */
  readonly field: string;
  readonly name: string;
  /**
   * Where that is so; empty for everywhere. Where the field says the same as another, `ORC-2`, or
   * says one of these, `=A|U`, with whatever words beside the code; where something stands in
   * another, `+RXA-27`, or nothing does, `-PID-18`, in the same segment or in any other; each of
   * these of a component beside it, `.2`, `+.2`; or where another says one of these,
   * `MSH-9.1=RAS|RDS`. Of several, with blanks between them, all have to be so.
   */
  readonly where: string;
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
  return declared.some(
    ({ field, where }) =>
      names.includes(field) && where.split(" ").every((condition) => isSo(lost, condition)),
  );
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

function isSo(lost: Lost, where: string): boolean {
  const [place = "", said] = where.split("=");
  if (where === "") return true;
  if (where.startsWith("+")) return isWritten(lost, where.slice(1));
  if (where.startsWith("-")) return !isWritten(lost, where.slice(1));
  if (where.startsWith(".")) return isSameBeside(lost, where.slice(1));
  if (said === undefined) return isSame(lost, where);
  const found = place === "" ? codeOf(lost) : textAt(lost, place);
  return said.split("|").includes(found ?? "");
}

/** What was lost; of a code with its words and system the code. */
function codeOf({ raw, message }: Lost): string {
  const { component } = message.segments[0]?.separators ?? {};
  return component === undefined ? reveal(raw) : (reveal(raw).split(component)[0] ?? "");
}

/** What the place says: in the segment of what was lost, where that has it. */
function textAt({ message, at }: Lost, place: string): string | undefined {
  const [name = "", number = "", component = "1"] = place.split(/[-.]/u);
  const own = message.all(name).find((segment) => segment.at === at.slice(0, at.indexOf("-")));
  return own === undefined
    ? message.get(place)
    : own.field(Number(number)).component(Number(component)).text;
}

/** Whether something stands at the place: in the segment of what was lost, where that has it. */
function isWritten({ message, at }: Lost, place: string): boolean {
  const own = at.slice(0, at.indexOf("-"));
  if (place.startsWith(".")) return isBeside({ message, at }, Number(place.slice(1)));
  const [name = "", number = "", component] = place.split(/[-.]/u);
  return message
    .all(name)
    .filter((segment) => name !== own.slice(0, 3) || segment.at === own)
    .flatMap((segment) => segment.field(Number(number)).repetitions)
    .some((each) => component === undefined || each.component(Number(component)).raw !== "");
}

/** Whether something stands in that component of the repetition of which one was lost. */
function isBeside({ message, at }: Pick<Lost, "message" | "at">, component: number): boolean {
  return message.get(at.replace(/\.\d+$/u, `.${component}`)) !== undefined;
}

/** Whether the component of that number of the same repetition says the same, and was not lost itself. */
function isSameBeside({ message, at, lost }: Lost, component: string): boolean {
  const beside = at.replace(/\.\d+$/u, `.${component}`);
  return message.get(beside) === message.get(at) && !lost.has(beside);
}

/** Whether a repetition of the named field, or a component of it, says the same, and was not lost itself. */
function isSame({ message, raw, lost }: Lost, other: string): boolean {
  const [name = "", number = "", component] = other.split(/[-.]/u);
  return message
    .all(name)
    .flatMap((segment) => segment.field(Number(number)).repetitions)
    .map((each) => (component === undefined ? each : each.component(Number(component))))
    .some((each) => each.raw === reveal(raw) && !lost.has(each.at));
}
