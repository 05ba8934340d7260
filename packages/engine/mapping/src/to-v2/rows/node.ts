import { plainDecimal } from "./plain-decimal.ts";

/**
 * A piece of a bundle that knows its path, and notes what of it was read, so that what no row
 * carries can be told. Reads whatever stands there without trust: a wrong type is as good as nothing.
 */
export class Node {
  readonly value: unknown;
  readonly path: string;
  readonly #touched: Set<string>;

  constructor(value: unknown, path: string, touched: Set<string>) {
    this.value = value;
    this.path = path;
    this.#touched = touched;
  }

  /** What stands under a name; each item of a list. */
  children(name: string): readonly Node[] {
    const { value } = this;
    if (!isObject(value) || !Object.hasOwn(value, name)) return none;
    const found = value[name];
    if (found === undefined || found === null) return none;
    const at = `${this.path}.${name}`;
    if (!Array.isArray(found)) return [new Node(found, at, this.#touched)];
    return found.flatMap((item: unknown, index) =>
      item === null || item === undefined ? [] : [new Node(item, `${at}[${index}]`, this.#touched)],
    );
  }

  child(name: string): Node | undefined {
    return this.children(name)[0];
  }

  /** Everything at the end of `coding.code`. */
  along(steps: readonly string[]): readonly Node[] {
    let found: readonly Node[] = [this];
    for (const step of steps) found = found.flatMap((node) => node.children(step));
    return found;
  }

  /** A text, number or boolean as text, read for the message; undefined where blank or no such. */
  get text(): string | undefined {
    const text = primitiveText(this.value);
    if (text !== undefined) this.#touched.add(this.path);
    return text;
  }

  /** `text`, only looked at: a condition does not carry what it asks for. */
  get glance(): string | undefined {
    return primitiveText(this.value);
  }

  /** The text of a child. */
  read(name: string): string | undefined {
    return this.child(name)?.text;
  }

  /** The text of a child, only looked at. */
  peek(name: string): string | undefined {
    return this.child(name)?.glance;
  }

  /** Says that everything in here is carried. */
  use(): void {
    this.#touched.add(this.path);
  }
}

function primitiveText(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return plainDecimal(String(value));
  return isExactNumber(value) ? plainDecimal(value.rawJSON) : undefined;
}

/** A number that keeps its written digits. */
export function isExactNumber(value: unknown): value is { readonly rawJSON: string } {
  return isObject(value) && exactJson.isRawJSON(value) && typeof value["rawJSON"] === "string";
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** ECMAScript's JSON.parse source text access, which the language library does not describe yet. */
const exactJson = JSON as unknown as { isRawJSON(value: unknown): boolean };

const none: readonly Node[] = [];
