import type { Bundle } from "@trestle/fhir";
import { Node, isObject } from "./rows/node.ts";

/** The resources of a bundle, found by type and by reference. */
export class ResourceIndex {
  readonly all: readonly Node[];
  readonly #byReference = new Map<string, Node>();

  constructor(bundle: Bundle, touched: Set<string>) {
    const root = new Node({ entry: isObject(bundle) ? bundle.entry : undefined }, "", touched);
    const entries = root.children("entry").map((entry) => fromRoot(entry, touched));
    this.all = entries.flatMap((entry) => entry.children("resource").filter(isResource));
    for (const entry of entries) this.#learn(entry);
  }

  ofType(type: string): readonly Node[] {
    return this.all.filter((resource) => typeOf(resource) === type);
  }

  /** The resource that a Reference means; undefined where it is not in the bundle. */
  follow(reference: Node): Node | undefined {
    const written = reference.peek("reference");
    return written === undefined ? undefined : this.at(written, reference.path);
  }

  /**
   * By a full address, `Type/id` or `#id`.
   *
   * @param path Where the reference stands, for what is contained there.
   */
  at(written: string, path: string): Node | undefined {
    if (written.startsWith("#")) return this.#byReference.get(`${ownerOf(path)}${written}`);
    const whole = this.#byReference.get(written);
    return (
      whole ?? this.#byReference.get(/[^/]+\/[^/]+(?=\/_history\/[^/]+$)/u.exec(written)?.[0] ?? "")
    );
  }

  #learn(entry: Node): void {
    const resource = entry.children("resource").find(isResource);
    if (resource === undefined) return;
    const id = resource.peek("id");
    const names = [entry.peek("fullUrl"), id && `${typeOf(resource)}/${id}`];
    for (const name of names) this.#put(name, resource);
    for (const inner of resource.children("contained").filter(isResource)) {
      this.#put(`${ownerOf(inner.path)}#${inner.peek("id") ?? ""}`, inner);
    }
  }

  #put(name: string | undefined, resource: Node): void {
    if (name !== undefined && !this.#byReference.has(name)) this.#byReference.set(name, resource);
  }
}

/** The type of a resource; empty for what is none. */
export function typeOf(resource: Node): string {
  return resource.peek("resourceType") ?? "";
}

function isResource(node: Node): boolean {
  return typeOf(node) !== "";
}

/** Paths begin at the bundle: `entry[0]`, without a point before it. */
function fromRoot(entry: Node, touched: Set<string>): Node {
  return new Node(entry.value, entry.path.slice(1), touched);
}

function ownerOf(path: string): string {
  return /^entry\[\d+\]\.resource/u.exec(path)?.[0] ?? "";
}
