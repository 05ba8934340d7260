import { type Problem, stableId } from "@trestle/base";
import type { Extension, Reference } from "@trestle/fhir";
import type { Caches } from "../caches.ts";
import type { MappingSite, UnmappedCode } from "../mapping.ts";
import { type Kept, type Memory, detached } from "../memory.ts";
import type { ResourceMap } from "./define-map.ts";
import type { Origin, Trace } from "./trace.ts";

/** A resource that stands in the result, and how others refer to it. */
export interface Built {
  readonly resource: Draftable & { readonly resourceType: string; id: string };
  readonly reference: Reference;
  /** What the id was made from. */
  readonly origin: Origin;
  /** What named it, as written: whoever names it so again has nothing to add. */
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
  readonly #built = new Map<string, Placed>();
  readonly #makers = new Map<string, object>();
  #begun = 0;
  #repeats: Map<string, number> | undefined;
  #warnings: Map<string, Problem> | undefined;
  #warnedOnce: Set<string> | undefined;
  #unmappedCodes: Map<string, UnmappedCode> | undefined;
  #reach = unbounded;
  /** Codes that stand in for others, in the resource that is being filled. */
  #defaults = 0;
  #next: MarkOfValue | undefined;

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
    this.tie();
    this.#warnings ??= new Map();
    this.#warnings.set(`${problem.code} ${problem.at} ${problem.text}`, problem);
  }

  /** A warning that only the first field it is about deserves. */
  warnOnce(about: string, problem: Problem): void {
    this.tie();
    this.#warnedOnce ??= new Set();
    if (this.#warnedOnce.has(about)) return;
    this.#warnedOnce.add(about);
    this.warn(problem);
  }

  /** A code without a row; told once for each field. */
  missRow(missing: UnmappedCode): void {
    this.tie();
    const { table, local, field } = missing;
    this.#unmappedCodes ??= new Map();
    this.#unmappedCodes.set(`${table} ${field} ${local}`, missing);
  }

  /** A code stands in for one without a row, in the resource that is being filled. */
  countDefault(): void {
    this.#defaults += 1;
  }

  /** Begins to count anew, and gives the count so far. */
  restartDefaults(count = 0): number {
    const before = this.#defaults;
    this.#defaults = count;
    return before;
  }

  /** The value that is about to be written, where it is no object that could hold its mark itself. */
  markNext(value: string | boolean, mark: Extension): void {
    this.#next = { value, mark };
  }

  /** The mark of a value; it is gone then, whosever it was. */
  takeMark(value: unknown): Extension | undefined {
    if (this.#next === undefined) return undefined;
    const { value: marked, mark } = this.#next;
    this.#next = undefined;
    return marked === value ? mark : undefined;
  }

  /**
   * Makes something, and tells whether it would be made alike in any other message: nothing tied it
   * to this one, and what it refers to was begun with it and not before.
   */
  watch<Value>(make: () => Value): Watched<Value> {
    const around = this.#reach;
    const from = this.#begun;
    this.#reach = unbounded;
    const { value, rows } = this.site.uses?.collect(make) ?? { value: make(), rows: noRows };
    const isFree = this.#reach >= from;
    this.#reach = Math.min(around, this.#reach);
    return { value, isFree, rows };
  }

  /** Says that what is being made depends on this message: a warning of its own, a field elsewhere. */
  tie(): void {
    this.#reach = -1;
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
    if (known !== undefined) {
      this.site.uses?.again(known.rows);
      return known.value as Value;
    }
    const { value, isFree, rows } = this.watch(make);
    if (isFree) memory.keep(kind, text, { value: detached(value), rows });
    return value;
  }

  /** The id of a resource with this business key; the same in every message of the site. */
  idOf(type: string, key: readonly string[]): string {
    const { id } = this.site;
    if (!sharedTypes.has(type)) return stableId(id, type, ...key);
    return this.caches.ids.get([id, type, ...key], stableId);
  }

  find(id: string): Built | undefined {
    return this.#built.get(id)?.built;
  }

  /** What the message has of this id already, to be taken as it is or added to. */
  meet(id: string): Built | undefined {
    const known = this.#built.get(id);
    if (known !== undefined) this.#reach = Math.min(this.#reach, known.position);
    return known?.built;
  }

  /** Gives a resource its place in the result, before it is filled. */
  begin(built: Built): void {
    const { resource, reference, origin } = built;
    this.#built.set(resource.id, { built, position: this.#begun });
    this.#begun += 1;
    const { trace } = this;
    if (trace === undefined) return;
    trace.note(resource, "resourceType", { rule: "constant" });
    trace.note(resource, "id", origin);
    trace.note(reference, "reference", origin);
  }

  /** Puts another in the place of the resource of the same id. */
  exchange(built: Built): void {
    const { id } = built.resource;
    this.#built.set(id, { built, position: this.#built.get(id)?.position ?? this.#begun });
  }

  /** Of what a resource was first made, by its id: of this, where nothing else was. */
  makerOf(id: string, group: object): object {
    const known = this.#makers.get(id) ?? group;
    this.#makers.set(id, known);
    return known;
  }

  /** Takes back what turned out to be nothing. */
  drop({ resource }: Built): void {
    this.tie();
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
    return Array.from(this.#built.values(), ({ built }) => built);
  }

  get warnings(): readonly Problem[] {
    return [...(this.#warnings?.values() ?? [])];
  }

  get unmappedCodes(): readonly UnmappedCode[] {
    return [...(this.#unmappedCodes?.values() ?? [])];
  }
}

const noRows: Kept["rows"] = [];

interface Watched<Value> extends Kept {
  readonly value: Value;
  readonly isFree: boolean;
}

interface MarkOfValue {
  readonly value: string | boolean;
  readonly mark: Extension;
}

/** A resource, and how many were begun before it. */
interface Placed {
  readonly built: Built;
  readonly position: number;
}

/** Nothing that is being made has looked at anything begun earlier. */
const unbounded = Number.POSITIVE_INFINITY;

/** Staff and places come up in message after message; what is about one patient does not. */
const sharedTypes: ReadonlySet<string> = new Set(["Location", "Organization", "Practitioner"]);
