import type { Composing } from "../composing.ts";
import type { Node } from "./node.ts";

/**
 * What the rows of a segment can see: resources and parts of them by name, such as `Patient`, and
 * those of the groups around it. Numbers its segments where its group begins them anew.
 */
export class Sight {
  readonly composing: Composing;
  readonly #named: ReadonlyMap<string, Node>;
  readonly #around: Sight | undefined;
  readonly #restarts: readonly string[];
  readonly #counts = new Map<string, number>();

  constructor(parts: {
    composing: Composing;
    named: ReadonlyMap<string, Node>;
    around?: Sight;
    restarts?: readonly string[];
  }) {
    this.composing = parts.composing;
    this.#named = parts.named;
    this.#around = parts.around;
    this.#restarts = parts.restarts ?? [];
  }

  /** A sight with more in it, for the segments of a group. */
  within(named: ReadonlyMap<string, Node>, restarts: readonly string[]): Sight {
    return new Sight({ composing: this.composing, named, around: this, restarts });
  }

  named(name: string): Node | undefined {
    return this.#named.get(name) ?? this.#around?.named(name);
  }

  /** Everything at the end of `Patient.name.family`. */
  nodes(written: string): readonly Node[] {
    const [name = "", ...steps] = written.split(".");
    return this.named(name)?.along(steps) ?? [];
  }

  /** The first text there, only looked at. */
  glance(written: string): string | undefined {
    for (const node of this.nodes(written)) {
      if (node.glance !== undefined) return node.glance;
    }
    return undefined;
  }

  /** The number of the next segment of that name, from 1. */
  numberOf(segment: string): number {
    const isHere = this.#around === undefined || this.#restarts.includes(segment);
    if (!isHere) return this.#around.numberOf(segment);
    return (this.#counts.get(segment) ?? 0) + 1;
  }

  /** Says that such a segment was written. */
  count(segment: string): void {
    const isHere = this.#around === undefined || this.#restarts.includes(segment);
    if (isHere) this.#counts.set(segment, this.numberOf(segment));
    else this.#around.count(segment);
  }
}
