import type { Visit } from "../http/visit.ts";
import type { Filed } from "../store.ts";
import { referenceParts } from "./match-reference.ts";
import { type SearchPath, searchParameter } from "./parameter.ts";
import type { SearchSession } from "./sessions.ts";
import { linkedFrom } from "./references.ts";
import { isObject, valuesAt } from "./values.ts";

/**
 * What matches refer to, and Provenance that refers to them, each once. What client or user may not
 * see is left out without a word.
 */
export function includedBy(
  visit: Visit,
  { includes, hasProvenance, type }: SearchSession,
  matches: readonly Filed[],
): readonly Filed[] {
  if (includes.length === 0 && !hasProvenance) return [];
  const sent = new Set(matches.map(keyOf));
  const referred = includes.flatMap((include) =>
    matches.flatMap((match) => referencesOf(match, type, include)),
  );
  const candidates = [
    ...referred.flatMap((reference) => resolve(visit, reference) ?? []),
    ...(hasProvenance ? provenanceOf(visit, matches) : []),
  ];
  const included: Filed[] = [];
  for (const each of candidates) {
    if (sent.has(keyOf(each)) || !isShown(visit, each)) continue;
    sent.add(keyOf(each));
    included.push(each);
  }
  return included;
}

function keyOf({ resource }: Filed): string {
  return `${resource.resourceType}/${resource.id}`;
}

/** By `*` or `Type:*` all of a resource, by `Type:parameter` or `Type:parameter:Target` some. */
function referencesOf({ resource }: Filed, type: string, include: string): readonly string[] {
  if (include === "*") return linkedFrom(resource);
  const [of, name = "", target] = include.split(":");
  if (of !== type) return [];
  if (name === "*") return linkedFrom(resource);
  const paths = searchParameter(type, name)?.paths ?? [];
  return paths
    .flatMap((path) => referencesAt(resource, path))
    .filter((reference) => target === undefined || referenceParts(reference)[0] === target);
}

function referencesAt(resource: object, path: SearchPath): readonly string[] {
  return valuesAt(resource, path)
    .flatMap((value) => (isObject(value) ? [value["reference"]] : []))
    .filter((reference) => typeof reference === "string")
    .filter((reference) => path.target === undefined || reference.startsWith(`${path.target}/`));
}

function resolve({ server }: Visit, reference: string): Filed | undefined {
  const [type, id] = referenceParts(reference);
  return type === undefined ? undefined : server.parts.store.read(type, id);
}

function provenanceOf({ server }: Visit, matches: readonly Filed[]): readonly Filed[] {
  const { store } = server.parts;
  const wanted = new Set(matches.map(keyOf));
  const patients = new Set(matches.flatMap(({ patientId }) => patientId ?? []));
  return [...patients].flatMap((patientId) =>
    store
      .ofPatient("Provenance", patientId)
      .filter(
        ({ resource }) =>
          resource.resourceType === "Provenance" &&
          resource.target.some(({ reference = "" }) => wanted.has(reference)),
      ),
  );
}

function isShown({ access }: Visit, filed: Filed): boolean {
  const { subType, resource, patientId } = filed;
  const type = resource.resourceType;
  return (
    access.mayUse({ type, operation: "Read", subType }) &&
    !access.isHidden(type, subType) &&
    access.sees(filed) &&
    access.restrictionOf(patientId) === undefined
  );
}
