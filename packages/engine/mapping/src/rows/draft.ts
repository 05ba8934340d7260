import { type Problem, stableId } from "@trestle/base";
import type { Reference } from "@trestle/fhir";
import type { Caches } from "../caches.ts";
import type { MappingSite } from "../mapping.ts";
import { type Memory, detached } from "../memory.ts";
import type { ResourceMap } from "./define-map.ts";
import type { Origin, Trace } from "./trace.ts";

/** A resource that stands in the result, and how others refer to it. */
export interface Built {
  readonly resource: Draftable & { readonly resourceType: string; id: string };
  readonly reference: Reference;
  /** What the id was made from. */
  readonly origin: Origin;
  /** The fields that named it, as written. */
  readonly seen: string[];
  /** Whether its resource is kept for other messages too, so that nobody may write into it. */
  readonly isShared: boolean;
}

/** An object under construction. */
export type Draftable = Record<string, unknown>;

/** What a draft is made of. */
export interface DraftParts {
  readonly site: MappingSite;
  readonly caches: Caches;
  /** What texts meant in earlier messages; absent while explaining. */
  readonly memory?: Memory | undefined;
  /** Only while explaining. */
  readonly trace?: Trace | undefined;
}

/** The result of one message while it is built. */
export class Draft {
  readonly site: MappingSite;
  readonly caches: Caches;
  readonly memory: Memory | undefined;
  readonly trace: Trace | undefined;
  /** Times as the message writes them, and as FHIR does: a result says the same one many times. */
  readonly times = new Map<string, string>();
  readonly #built = new Map<string, Built>();
  #repeats: Map<string, number> | undefined;
  #warnings: Map<string, Problem> | undefined;
  #warnedOnce: Set<string> | undefined;
  #happened = 0;

  constructor({ site, caches, memory, trace }: DraftParts) {
    this.site = site;
    this.caches = caches;
    this.memory = memory;
    this.trace = trace;
  }

  /** A base map as the site has changed it. */
  mapFor(base: ResourceMap): ResourceMap {
    return this.site.maps?.maps.get(base.name) ?? base;
  }

  /** The same warning about the same field counts once. */
  warn(problem: Problem): void {
    this.#happened += 1;
    this.#warnings ??= new Map();
    this.#warnings.set(`${problem.code} ${problem.at} ${problem.text}`, problem);
  }

  /** A warning that only the first field it is about deserves. */
  warnOnce(about: string, problem: Problem): void {
    this.#happened += 1;
    this.#warnedOnce ??= new Set();
    if (this.#warnedOnce.has(about)) return;
    this.#warnedOnce.add(about);
    this.warn(problem);
  }

  /**
   * Counts what ties a result to this very message: warnings, and resources that it had already or
   * lost again. What was made while the count stood still would be made alike in any other.
   */
  get happened(): number {
    return this.#happened;
  }

  /**
   * What `make` gives for a text as written, or gave for it in an earlier message.
   *
   * @param kind What reads the text. It must look at nothing but the text, the site and its tables.
   */
  recall<Value>(kind: object, text: string, make: () => Value): Value {
    const { memory } = this;
    if (memory === undefined) return make();
    const known = memory.get(kind, text);
    if (known !== undefined) return (known === absent ? undefined : known) as Value;
    const before = this.#happened;
    const value = make();
    if (this.#happened === before) memory.keep(kind, text, detached(value) ?? absent);
    return value;
  }

  /** The id of a resource with this business key; the same in every message of the site. */
  idOf(type: string, key: readonly string[]): string {
    const { id } = this.site;
    if (!recurring.has(type)) return stableId(id, type, ...key);
    return this.caches.ids.get([id, type, ...key], stableId);
  }

  find(id: string): Built | undefined {
    return this.#built.get(id);
  }

  /** What the message has of this id already, to be taken as it is or added to. */
  meet(id: string): Built | undefined {
    const known = this.#built.get(id);
    if (known !== undefined) this.#happened += 1;
    return known;
  }

  /** Gives a resource its place in the result, before it is filled. */
  begin(built: Built): void {
    const { resource, reference, origin } = built;
    this.#built.set(resource.id, built);
    const { trace } = this;
    if (trace === undefined) return;
    trace.note(resource, "resourceType", { rule: "constant" });
    trace.note(resource, "id", origin);
    trace.note(reference, "reference", origin);
  }

  /** Puts another in the place of the resource of the same id. */
  exchange(built: Built): void {
    this.#built.set(built.resource.id, built);
  }

  /** Takes back what turned out to be nothing. */
  drop({ resource }: Built): void {
    this.#happened += 1;
    this.#built.delete(resource.id);
  }

  /** A free id for a further resource of the same key. */
  nextId(type: string, id: string): string {
    this.#repeats ??= new Map();
    const number = (this.#repeats.get(id) ?? 1) + 1;
    this.#repeats.set(id, number);
    return this.idOf(type, [id, String(number)]);
  }

  /** How many resources it has. */
  get size(): number {
    return this.#built.size;
  }

  /** In the order in which they were begun. */
  get built(): readonly Built[] {
    return [...this.#built.values()];
  }

  get warnings(): readonly Problem[] {
    return [...(this.#warnings?.values() ?? [])];
  }
}

/** Stands in the memory for a text that means nothing. */
const absent = Symbol("absent");

/** Staff and places come up in message after message; what is about one patient does not. */
const recurring: ReadonlySet<string> = new Set(["Location", "Organization", "Practitioner"]);
