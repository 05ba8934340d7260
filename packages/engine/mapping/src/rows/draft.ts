import { type Problem, stableId } from "@trestle/base";
import type { Reference } from "@trestle/fhir";
import type { IdentifierSystem } from "../datatypes/identifier-system.ts";
import type { MappingSite } from "../mapping.ts";
import type { Caches } from "../caches.ts";
import type { Origin, Trace } from "./trace.ts";

/** A resource that stands in the result, and how others refer to it. */
export interface Built {
  readonly resource: Draftable & { readonly resourceType: string; id: string };
  readonly reference: Reference;
  /** What the id was made from. */
  readonly origin: Origin;
  /** The fields that named it, as written. */
  readonly seen: Set<string>;
}

/** An object under construction. */
export type Draftable = Record<string, unknown>;

/** The result of one message while it is built. */
export class Draft {
  readonly site: MappingSite;
  readonly caches: Caches;
  /** Only while explaining. */
  readonly trace: Trace | undefined;
  /** What assigning authorities mean, as written in this message. */
  readonly systems = new Map<string, IdentifierSystem>();
  readonly #built = new Map<string, Built>();
  readonly #repeats = new Map<string, number>();
  readonly #warnings = new Map<string, Problem>();

  constructor(parts: { site: MappingSite; caches: Caches; trace?: Trace }) {
    this.site = parts.site;
    this.caches = parts.caches;
    this.trace = parts.trace;
  }

  /** The same warning about the same field counts once. */
  warn(problem: Problem): void {
    this.#warnings.set(`${problem.code} ${problem.at} ${problem.text}`, problem);
  }

  /** The id of a resource with this business key; the same in every message of the site. */
  idOf(type: string, key: readonly string[]): string {
    const parts = [this.site.id, type, ...key];
    return recurring.has(type) ? this.caches.ids.get(parts, stableId) : stableId(...parts);
  }

  find(id: string): Built | undefined {
    return this.#built.get(id);
  }

  /** Gives a resource its place in the result, before it is filled. */
  begin(built: Built): void {
    const { resource, reference, origin } = built;
    this.#built.set(resource.id, built);
    this.trace?.note(resource, "resourceType", { rule: "constant" });
    this.trace?.note(resource, "id", origin);
    this.trace?.note(reference, "reference", origin);
  }

  /** Takes back what turned out to be nothing. */
  drop({ resource }: Built): void {
    this.#built.delete(resource.id);
  }

  /** A free id for a further resource of the same key. */
  nextId(type: string, id: string): string {
    const number = (this.#repeats.get(id) ?? 1) + 1;
    this.#repeats.set(id, number);
    return this.idOf(type, [id, String(number)]);
  }

  /** In the order in which they were begun. */
  get built(): readonly Built[] {
    return [...this.#built.values()];
  }

  get warnings(): readonly Problem[] {
    return [...this.#warnings.values()];
  }
}

/** Staff and places come up in message after message; what is about one patient does not. */
const recurring: ReadonlySet<string> = new Set(["Location", "Organization", "Practitioner"]);
