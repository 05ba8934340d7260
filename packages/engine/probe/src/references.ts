import type { FhirResource } from "@trestle/fhir";
import type { PathValue } from "@trestle/fhir/path";

/** A reference that shall be followed. */
export interface Reference {
  readonly type: string;
  readonly id: string;
  /** Who has it, and where it stands there. */
  readonly patient: string;
  readonly where: string;
}

/** Some references of one element: of each patient a few, so that one thick record is not all. */
export class References {
  readonly #max: number;
  readonly #byPatient = new Map<string, number>();
  readonly #all: Reference[] = [];
  /** References into the resource itself, with whether it holds what they name. */
  readonly inner: {
    readonly isWrong: boolean;
    readonly patient: string;
    readonly where: string;
  }[] = [];

  /** @param max How many are kept. */
  constructor(max: number) {
    this.#max = max;
  }

  get all(): readonly Reference[] {
    return this.#all;
  }

  add(
    values: readonly PathValue[],
    at: { readonly patient: string; readonly where: string; readonly resource: FhirResource },
  ): void {
    for (const { type, value } of values)
      if (type === "Reference" && typeof value === "object" && value !== null)
        this.#addOne((value as { reference?: unknown }).reference, at);
  }

  #addOne(
    reference: unknown,
    { patient, where, resource }: Parameters<References["add"]>[1],
  ): void {
    const count = this.#byPatient.get(patient) ?? 0;
    const isFull = this.#all.length + this.inner.length >= this.#max;
    if (typeof reference !== "string" || isFull || count >= mostOfOnePatient) return;
    this.#byPatient.set(patient, count + 1);
    if (reference.startsWith("#")) {
      this.inner.push({ isWrong: !holds(resource, reference.slice(1)), patient, where });
      return;
    }
    const { type, id } = shape.exec(reference)?.groups ?? {};
    if (type !== undefined && id !== undefined) this.#all.push({ type, id, patient, where });
  }
}

const mostOfOnePatient = 3;

function holds(resource: FhirResource, id: string): boolean {
  const { contained = [] } = resource as { contained?: readonly FhirResource[] };
  return id === "" || contained.some((each) => each.id === id);
}

/** Relative, or with the address of the server in front; a version behind it does not count. */
const shape = /(?:^|\/)(?<type>[A-Z][A-Za-z]+)\/(?<id>[^/?#]+)(?:\/_history\/[^/]+)?$/u;
