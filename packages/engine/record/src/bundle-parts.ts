import type { Bundle } from "@trestle/fhir";
import { type Elements, elementsOf, inside, listed } from "./elements.ts";
import { keyOf } from "./identifier.ts";

/** The resources of a message by what the record does with them. */
export interface BundleParts {
  /** The one whom the message is about. */
  readonly patient?: Elements;
  /** In a merge, the one that is no more, where the bundle has it. */
  readonly merged?: Elements;
  /** What becomes an item of the record. */
  readonly items: readonly Elements[];
}

/**
 * Sorts the resources of a bundle. A Provenance is no item: the position of each item says which
 * message it came from.
 *
 * @param keys `system|value` of the patient and of the one merged into it, where known.
 */
export function partsOf(bundle: Bundle, keys: { patient?: string; merged?: string }): BundleParts {
  const resources = (bundle.entry ?? []).flatMap(({ resource }) =>
    resource === undefined ? [] : [elementsOf(resource)],
  );
  const patients = resources.filter(({ resourceType }) => resourceType === "Patient");
  const patient =
    patients.find((one) => isNamed(one, keys.patient)) ??
    patients.find((one) => !isNamed(one, keys.merged));
  const merged = keys.merged === undefined ? undefined : patients.find((one) => one !== patient);
  return {
    ...(patient === undefined ? {} : { patient }),
    ...(merged === undefined ? {} : { merged }),
    items: resources.filter(({ resourceType }) => !noItems.has(resourceType)),
  };
}

function isNamed(patient: Elements, key: string | undefined): boolean {
  return listed(patient["identifier"]).some((identifier) => {
    const { system, value } = inside(identifier);
    return keyOf({ system: textOf(system), value: textOf(value) }) === key;
  });
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

const noItems = new Set(["Patient", "Provenance"]);
