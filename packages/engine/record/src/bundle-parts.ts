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

/** `system|value` of a patient and of the one merged into it, where known. */
export interface PatientKeys {
  readonly patient?: string;
  readonly merged?: string;
}

/**
 * Sorts the resources of a bundle, for each patient that the message names. A Provenance is no
 * item: the position of each item says which message it came from.
 *
 * @param named The patients; the first is whom the message is about, and has every item that is
 * not another's.
 */
export function partsOf(
  bundle: Bundle,
  [first = {}, ...others]: readonly PatientKeys[],
): readonly [BundleParts, ...BundleParts[]] {
  const resources = (bundle.entry ?? []).flatMap(({ resource }) =>
    resource === undefined ? [] : [elementsOf(resource)],
  );
  const patients = resources.filter(({ resourceType }) => resourceType === "Patient");
  const items = resources.filter(({ resourceType }) => !noItems.has(resourceType));
  const rest = others.map((keys) => {
    const pair = pairOf(patients, keys);
    return { ...pair, items: items.filter((item) => isAbout(item, pair)) };
  });
  const taken = new Set(rest.flatMap((part) => part.items));
  return [
    { ...firstPairOf(patients, first), items: items.filter((item) => !taken.has(item)) },
    ...rest,
  ];
}

/** Also a patient whom the message names otherwise than its bundle does. */
function firstPairOf(patients: readonly Elements[], keys: PatientKeys): Omit<BundleParts, "items"> {
  const patient =
    patients.find((one) => isNamed(one, keys.patient)) ??
    patients.find((one) => !isNamed(one, keys.merged));
  const merged =
    keys.merged === undefined
      ? undefined
      : (patients.find((one) => one !== patient && isNamed(one, keys.merged)) ??
        patients.find((one) => one !== patient));
  return {
    ...(patient === undefined ? {} : { patient }),
    ...(merged === undefined ? {} : { merged }),
  };
}

function pairOf(patients: readonly Elements[], keys: PatientKeys): Omit<BundleParts, "items"> {
  const [patient, merged] = [keys.patient, keys.merged].map((key) =>
    key === undefined ? undefined : patients.find((one) => isNamed(one, key)),
  );
  return {
    ...(patient === undefined ? {} : { patient }),
    ...(merged === undefined ? {} : { merged }),
  };
}

/** An item that refers to the patient as the one it is about. */
function isAbout(item: Elements, { patient, merged }: Omit<BundleParts, "items">): boolean {
  const ids = [patient?.id, merged?.id].filter((id) => id !== undefined);
  const references = subjects.flatMap((name) => [item[name]].flat());
  return references.some((reference) => {
    const named = inside(reference)["reference"];
    return ids.some((id) => named === `urn:uuid:${id}` || named === `Patient/${id}`);
  });
}

/** Under which names resources refer to their patient. */
const subjects = ["subject", "patient", "beneficiary", "for"];

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
