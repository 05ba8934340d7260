import { type Hl7Message, parseMessage } from "@trestle/hl7v2";

/** A message whose fields can be set one by one; each change gives a new one. */
export class ProbeMessage {
  readonly #segments: readonly (readonly string[])[];

  private constructor(segments: readonly (readonly string[])[]) {
    this.#segments = segments;
  }

  static of(lines: readonly string[]): ProbeMessage {
    return new ProbeMessage(
      lines.map((line) => {
        const fields = line.split("|");
        return line.startsWith("MSH") ? ["MSH", "|", ...fields.slice(1)] : fields;
      }),
    );
  }

  has(segment: string): boolean {
    return this.#segments.some(([name]) => name === segment);
  }

  /** The field of a place, whole; empty where nothing stands there. */
  field(place: string): string {
    const { segment, field } = partsOf(place);
    return this.#segments.find(([name]) => name === segment)?.[field] ?? "";
  }

  /** The component of a place, or its whole field. */
  at(place: string): string {
    const { component } = partsOf(place);
    const whole = this.field(place);
    return component === 0 ? whole : (whole.split("^")[component - 1] ?? "");
  }

  /** With a value in the first segment of that name; a place with a component keeps the others. */
  with(place: string, value: string): ProbeMessage {
    const { segment, field, component } = partsOf(place);
    const which = this.#segments.findIndex(([name]) => name === segment);
    if (which === -1) return this;
    const whole = component === 0 ? value : withComponent(this.field(place), component, value);
    const fields = padded(this.#segments[which] ?? [], field, whole);
    return new ProbeMessage(this.#segments.with(which, fields));
  }

  print(): string {
    const lines = this.#segments.map((fields) =>
      fields[0] === "MSH" ? `MSH|${fields.slice(2).join("|")}` : fields.join("|"),
    );
    return `${lines.join("\r")}\r`;
  }

  parse(): Hl7Message {
    const parsed = parseMessage(this.print());
    if (parsed.ok) return parsed.value;
    throw new TypeError(`the probe is no message: ${parsed.problem.text}`);
  }
}

function withComponent(field: string, component: number, value: string): string {
  return padded(field.split("^"), component - 1, value).join("^");
}

function padded(list: readonly string[], index: number, value: string): readonly string[] {
  const long = [...list, ...Array<string>(Math.max(0, index + 1 - list.length)).fill("")];
  return long.with(index, value);
}

function partsOf(place: string) {
  const shape = /^(?<segment>[A-Z][A-Z\d]{2})[-.](?<field>\d+)(?:\.(?<component>\d+))?$/u;
  const { segment = "", field = "0", component = "0" } = shape.exec(place)?.groups ?? {};
  return { segment, field: Number(field), component: Number(component) };
}
