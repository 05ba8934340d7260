/**
 * Counts texts, so that what is made of long ones can be kept under short keys: one as long as a
 * group of segments for each of them would take a message's length times its segments.
 */
export class Distinct {
  readonly #numbers = new Map<string, number>();

  /** The same number for the same text, and no other. */
  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }

  /** The same number for the same texts, and numbers given here, in the same order, and no other. */
  numberOfAll(parts: readonly (number | string)[]): number {
    const numbers = parts.map((part) => (typeof part === "string" ? this.numberOf(part) : part));
    // No text of a message holds the end of its segment.
    return this.numberOf(`\r${numbers.join(" ")}`);
  }
}
