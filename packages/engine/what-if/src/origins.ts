import type { Result } from "@trestle/base";
import type { Explained, Source } from "@trestle/mapping";
import type { ElementDifference } from "./bundle-differences.ts";
import type { Origin } from "./difference.ts";

/** Explains one entry under both revisions, when it is asked. */
export interface Explaining {
  readonly one: () => Result<Explained>;
  readonly other: () => Result<Explained>;
}

/** How much may be explained; an explanation takes several times what a mapping does. */
export interface OriginLimits {
  /** Entries, for each path and kind of difference. */
  readonly maxOfPath: number;
  /** Entries, of all. */
  readonly max: number;
  /** Origins that are remembered. */
  readonly maxRemembered: number;
}

/**
 * Tells where differing values came from. Where the same value of the same element of a site gave
 * way to the same other one before, it came from where it came from then; else the entry is
 * explained, as long as the limits let it. Beyond them nothing is said of origins.
 */
export class Origins {
  readonly #limits: OriginLimits;
  readonly #known = new Map<string, Origin | undefined>();
  readonly #explainedOf = new Map<string, number>();
  #explained = 0;

  constructor(limits: OriginLimits) {
    this.#limits = limits;
  }

  /** Of the differences of one entry. */
  finderFor(
    site: string,
    explaining: Explaining,
  ): (difference: ElementDifference) => Origin | undefined {
    const sources = new LazySources(explaining, () => (this.#explained += 1));
    return (difference) => {
      const { kind, resourceType, keys, one, other } = difference;
      const path = `${kind} ${resourceType}.${keys.join(".")}`;
      const key = JSON.stringify([site, path, one, other]);
      if (this.#known.has(key)) return this.#known.get(key);
      if (!sources.isAsked && !this.#mayExplain(path)) return undefined;
      const origin = originIn(sources, difference);
      if (this.#known.size < this.#limits.maxRemembered) this.#known.set(key, origin);
      return origin;
    };
  }

  #mayExplain(path: string): boolean {
    const soFar = this.#explainedOf.get(path) ?? 0;
    if (soFar >= this.#limits.maxOfPath || this.#explained >= this.#limits.max) return false;
    this.#explainedOf.set(path, soFar + 1);
    return true;
  }
}

type Sources = ReadonlyMap<string, Source>;

/** Explanations of one entry, made once, when the first of its differences needs them. */
class LazySources {
  readonly #explaining: Explaining;
  readonly #onExplained: () => void;
  #sources: { readonly one: Sources; readonly other: Sources } | undefined;

  constructor(explaining: Explaining, onExplained: () => void) {
    this.#explaining = explaining;
    this.#onExplained = onExplained;
  }

  get isAsked(): boolean {
    return this.#sources !== undefined;
  }

  get(): { readonly one: Sources; readonly other: Sources } {
    if (this.#sources === undefined) this.#onExplained();
    this.#sources ??= {
      one: sourcesOf(this.#explaining.one()),
      other: sourcesOf(this.#explaining.other()),
    };
    return this.#sources;
  }
}

function sourcesOf(explained: Result<Explained>): Sources {
  if (!explained.ok) return new Map();
  return new Map(explained.value.sources.map((source) => [source.path, source]));
}

/** What decides now says more than what decided before; a row of a table more than none. */
function originIn(sources: LazySources, difference: ElementDifference): Origin | undefined {
  const { one, other } = sources.get();
  const [before, after] = [
    one.get(difference.pathInOne() ?? ""),
    other.get(difference.pathInOther() ?? ""),
  ];
  const found = after?.row === undefined && before?.row !== undefined ? before : (after ?? before);
  if (found === undefined) return undefined;
  const { field, by, row } = found;
  return {
    ...(field !== undefined && { field: field.replaceAll(/\[\d+\]/gu, "") }),
    ...(by !== undefined && { by }),
    ...(row !== undefined && { row }),
  };
}
