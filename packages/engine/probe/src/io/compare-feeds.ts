import { phi, reveal } from "@trestle/base";
import type { FhirResource, Patient } from "@trestle/fhir";
import type { PathValue } from "@trestle/fhir/path";
import { matchesQuery } from "@trestle/gateway";
import type { Journal, Position } from "@trestle/journal";
import type { RecordStore } from "@trestle/record";
import { matchResources, saySame } from "../matching.ts";
import type { PlannedElement, PlannedSearch } from "../plan.ts";
import type { Comparison, Elsewhere } from "../report.ts";
import { ClusteredCount } from "../tally.ts";
import type { AskedPatient } from "./ask-patients.ts";

/** What was counted of one element. */
interface Counted {
  readonly hl7: ClusteredCount;
  pairs: number;
  differing: number;
  onlyFhir: number;
  onlyHl7: number;
  /** Of a message that gave one. */
  position?: number;
}

/** A resource of the record, and the message that gave it. */
interface Heard {
  readonly resource: FhirResource;
  readonly position?: number;
}

/** Sets what FHIR gives of each patient beside what the hub heard of the same one over HL7. */
export class FeedComparison {
  readonly #parts: {
    readonly record: Pick<RecordStore, "patient" | "patients" | "resources">;
    readonly site: string;
    readonly maxResources: number;
  };
  readonly #counted = new Map<PlannedElement, Counted>();

  constructor(parts: {
    readonly record: Pick<RecordStore, "patient" | "patients" | "resources">;
    readonly site: string;
    /** Of one patient, the newest. */
    readonly maxResources: number;
  }) {
    this.#parts = parts;
  }

  async add({ candidate, key, patient, bySearch }: AskedPatient): Promise<void> {
    const id = candidate.recordId ?? (await this.#recordIdOf(patient));
    if (id === undefined) return;
    const heard = await this.#heardOf(id);
    for (const [search, fhir] of bySearch) {
      const hl7 = heard.filter(({ resource }) => isAmong(resource, search));
      if (hl7.length > 0) this.#compare(search, { key, fhir, hl7 });
    }
  }

  /** What is known of an element over HL7; undefined where the hub heard of none of these patients. */
  of(planned: PlannedElement): Comparison | undefined {
    const counted = this.#counted.get(planned);
    if (counted === undefined) return undefined;
    const { hl7, pairs, differing, onlyFhir, onlyHl7 } = counted;
    return { patients: hl7.patients, hl7: hl7.share, pairs, differing, onlyFhir, onlyHl7 };
  }

  /** The feed by which an element comes too, where it does. */
  async feedOf(
    planned: PlannedElement,
    journal: Pick<Journal, "get">,
  ): Promise<readonly Elsewhere[]> {
    const counted = this.#counted.get(planned);
    if (counted === undefined || counted.hl7.share.hits === 0) return [];
    const { position, hl7 } = counted;
    const entry = position === undefined ? undefined : await journal.get(position as Position);
    return [{ method: "hl7", by: entry?.type ?? "messages", share: hl7.share }];
  }

  async #recordIdOf({ identifier = [] }: Patient): Promise<string | undefined> {
    const { record, site } = this.#parts;
    for (const { system, value } of identifier) {
      if (value === undefined || value.trim() === "") continue;
      const found = await record.patients({ site, text: phi(value), limit: 2 });
      const whole = `${system}|${value}`;
      const same = found.find(({ identifiers }) =>
        identifiers.some((each) => reveal(each) === whole),
      );
      if (same !== undefined) return same.id;
    }
    return undefined;
  }

  async #heardOf(id: string): Promise<readonly Heard[]> {
    const { record, maxResources } = this.#parts;
    const patient = await record.patient(id);
    const resources = await record.resources(id, maxResources);
    return [
      ...(patient === undefined ? [] : [{ resource: plain(reveal(patient.resource)) }]),
      ...resources.map(({ resource, position }) => ({
        resource: plain(reveal(resource)),
        position,
      })),
    ];
  }

  #compare(
    search: PlannedSearch,
    seen: {
      readonly key: string;
      readonly fhir: readonly FhirResource[];
      readonly hl7: readonly Heard[];
    },
  ): void {
    const matched = matchResources(
      seen.fhir,
      seen.hl7.map(({ resource }) => resource),
    );
    for (const planned of search.elements) {
      const counted = this.#countedOf(planned);
      for (const { resource, position } of seen.hl7) {
        const isFilled = valuesIn(planned, resource).length > 0;
        counted.hl7.add(seen.key, isFilled);
        if (isFilled && position !== undefined) counted.position = position;
      }
      counted.pairs += matched.pairs.length;
      counted.onlyFhir += matched.onlyFhir;
      counted.onlyHl7 += matched.onlyHl7;
      counted.differing += matched.pairs.filter(
        ([fhir, hl7]) => !saySame(valuesIn(planned, fhir), valuesIn(planned, hl7)),
      ).length;
    }
  }

  #countedOf(planned: PlannedElement): Counted {
    const known = this.#counted.get(planned) ?? {
      hl7: new ClusteredCount(),
      pairs: 0,
      differing: 0,
      onlyFhir: 0,
      onlyHl7: 0,
    };
    this.#counted.set(planned, known);
    return known;
  }
}

function isAmong(resource: FhirResource, { resource: type, among }: PlannedSearch): boolean {
  if (resource.resourceType !== type) return false;
  const [name, value] = among?.split("=") ?? [];
  if (name === undefined || value === undefined) return true;
  return matchesQuery(resource, [{ name, values: value.split(",") }]);
}

function valuesIn({ path }: PlannedElement, resource: FhirResource): readonly PathValue[] {
  try {
    return path.valuesIn(resource);
  } catch {
    // A path that does not fit is counted where the site's own data is looked at.
    return [];
  }
}

/** The record's decimals keep their digits, and are no numbers; a path wants numbers. */
function plain(resource: FhirResource): FhirResource {
  return JSON.parse(JSON.stringify(resource)) as FhirResource;
}
