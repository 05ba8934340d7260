import { sandboxErrors } from "../errors.ts";
import { type FhirSite, recordId } from "./resources/fhir-site.ts";
import type { Filed, Written } from "./store.ts";

/** What clients have written: resources of their own, and other versions of what is on charts. */
export class WrittenResources {
  readonly #site: FhirSite;
  readonly #most: number;
  /** By id, in the order in which they came. */
  readonly #own = new Map<string, Filed>();
  readonly #held = new Map<string, Filed>();
  /** Ids of own resources by type and patient, so that a search looks at few. */
  readonly #places = new Map<string, Set<string>>();
  readonly #replaced = new Map<string, Filed>();
  #count = 0;

  constructor(site: FhirSite, most = 100_000) {
    this.#site = site;
    this.#most = most;
  }

  /** Also what is held: who has its id can read it. */
  read(type: string, id: string): Filed | undefined {
    const found = this.#own.get(id) ?? this.#held.get(id) ?? this.#replaced.get(id);
    return found?.resource.resourceType === type ? found : undefined;
  }

  /** Own resources of a type and patient behind those that were made; replaced ones in place. */
  over(type: string, patientId: string | undefined, made: readonly Filed[]): readonly Filed[] {
    const ids = this.#places.get(placeOf(type, patientId));
    const own = ids === undefined ? [] : [...ids].flatMap((id) => this.#own.get(id) ?? []);
    if (this.#replaced.size === 0) return own.length === 0 ? made : [...made, ...own];
    return [...made.map((each) => this.#replaced.get(each.resource.id) ?? each), ...own];
  }

  /** Own resources of a type whose patients were written too, or that have none. */
  *ofOthers(type: string, isCharted: (patientId: string) => boolean): Generator<Filed> {
    for (const filed of this.#own.values()) {
      const { resource, patientId } = filed;
      const isOther = patientId === undefined || !isCharted(patientId);
      if (resource.resourceType === type && isOther) yield filed;
    }
  }

  /** Ids of what is on charts and has another version. */
  *replacedIds(): Generator<string> {
    yield* this.#replaced.keys();
  }

  /** @throws {TrestleError} `sandbox.chartsFull` */
  file({ resource, subType, patientId, isHeld }: Written): Filed {
    this.#checkRoom();
    const id = this.#nextId({ type: resource.resourceType, patientId, isHeld: isHeld ?? false });
    // A patient that was written is about itself.
    const about = resource.resourceType === "Patient" ? id : patientId;
    const filed: Filed = {
      resource: { ...resource, id },
      subType,
      ...(about === undefined ? {} : { patientId: about }),
    };
    if (isHeld === true) this.#held.set(id, filed);
    else this.#add(filed);
    return filed;
  }

  /** @throws {TrestleError} `sandbox.chartsFull` */
  replace(filed: Filed): void {
    const { id } = filed.resource;
    const store = [this.#own, this.#held].find((each) => each.has(id)) ?? this.#replaced;
    if (!store.has(id)) this.#checkRoom();
    store.set(id, filed);
  }

  wipe(): void {
    for (const each of [this.#own, this.#held, this.#places, this.#replaced]) each.clear();
  }

  /** Own resources, then those that are held, then other versions of what is on charts. */
  all(): readonly Filed[] {
    return [this.#own, this.#held, this.#replaced].flatMap((each) => [...each.values()]);
  }

  held(): readonly Filed[] {
    return [...this.#held.values()];
  }

  reconcile(id: string): boolean {
    const filed = this.#held.get(id);
    if (filed === undefined) return false;
    this.#held.delete(id);
    this.#add(filed);
    return true;
  }

  #checkRoom(): void {
    if (this.#own.size + this.#held.size + this.#replaced.size < this.#most) return;
    throw sandboxErrors.chartsFull({ resources: this.#most });
  }

  #add(filed: Filed): void {
    const { resource, patientId } = filed;
    const place = placeOf(resource.resourceType, patientId);
    this.#own.set(resource.id, filed);
    this.#places.set(place, (this.#places.get(place) ?? new Set()).add(resource.id));
  }

  #nextId(given: {
    readonly type: string;
    readonly patientId: string | undefined;
    readonly isHeld: boolean;
  }): string {
    const { type, patientId, isHeld } = given;
    this.#count += 1;
    const owner = patientId === undefined ? 0 : (this.#site.ids.read(patientId)?.owner ?? 0);
    const place = { owner, kind: writtenKind, item: this.#count };
    if (!isHeld) return recordId(this.#site, type, place);
    return this.#site.ids.print("held", { type, ...place, part: 0 });
  }
}

function placeOf(type: string, patientId: string | undefined): string {
  return `${type} ${patientId ?? ""}`;
}

/** Keeps ids of what was written apart from those of charts. */
const writtenKind = 255;
