import type { TrestleError } from "@trestle/base";
import type { FhirResource } from "@trestle/fhir";
import type { PathValue } from "@trestle/fhir/path";
import type { AllowedCodes } from "@trestle/integration";
import { happenedAt, instantOf } from "@trestle/record";
import { type ValueRules, checkValue } from "../check-value.ts";
import { exampleOf } from "../example.ts";
import { type KnownCodes } from "../known-codes.ts";
import { timeLimits } from "../plausible-time.ts";
import type { PlannedElement, PlannedSearch } from "../plan.ts";
import { References } from "../references.ts";
import { Refusals } from "../refusals.ts";
import { Tally } from "../tally.ts";

/** What is counted of one element while patients are asked about. */
export interface ElementTally {
  readonly planned: PlannedElement;
  readonly tally: Tally;
  readonly references: References;
  readonly rules: Omit<ValueRules, "times">;
  /** Where its path did not fit what came. */
  misfits: number;
}

/** What was seen by one search over all patients who were asked about. */
export class SearchTally {
  readonly search: PlannedSearch;
  readonly elements: readonly ElementTally[];
  readonly refusals = new Refusals();
  /** Requests that failed, and were no refusals; by code. */
  readonly failures = new Map<string, { readonly hint: string; count: number }>();
  patients = 0;
  patientsWithAny = 0;
  resources = 0;
  /** Patients in a row for whom nothing but refusals or failures came. */
  #inVain = 0;

  constructor(
    search: PlannedSearch,
    options: {
      readonly maxExamples: number;
      readonly maxReferences: number;
      readonly knownIn: (table: string) => KnownCodes | undefined;
      readonly allowedBy: (allowed: AllowedCodes) => KnownCodes;
    },
  ) {
    this.search = search;
    this.elements = search.elements.map((planned) => {
      const { systems, table, allowed } = planned.element;
      return {
        planned,
        tally: new Tally(options.maxExamples),
        references: new References(options.maxReferences),
        rules: {
          systems: new Set(systems),
          known: table === undefined ? undefined : options.knownIn(table),
          allowed: allowed && options.allowedBy(allowed),
        },
        misfits: 0,
      };
    });
  }

  /** Whether nothing more would be learnt by asking about others. */
  get isClosed(): boolean {
    return this.#inVain === this.patients && this.patients >= enoughInVain;
  }

  /** Counts what came for one patient. */
  add(
    patient: string,
    resources: readonly FhirResource[],
    seen: {
      readonly isRefused: boolean;
      readonly now: number;
      readonly birthDate: string | undefined;
    },
  ): void {
    this.patients += 1;
    this.resources += resources.length;
    if (resources.length > 0) this.patientsWithAny += 1;
    else if (seen.isRefused) this.#inVain += 1;
    for (const resource of resources) {
      const times = timeLimits(resource, seen);
      for (const element of this.elements) addRecord(element, { patient, resource, times });
    }
  }

  failed(error: TrestleError): void {
    const known = this.failures.get(error.code) ?? { hint: error.hint, count: 0 };
    known.count += 1;
    this.failures.set(error.code, known);
  }
}

function addRecord(
  element: ElementTally,
  seen: {
    readonly patient: string;
    readonly resource: FhirResource;
    readonly times: ValueRules["times"];
  },
): void {
  const { resource, patient, times } = seen;
  const values = valuesOf(element, resource);
  if (values === undefined) return;
  const where = `${resource.resourceType}/${resource.id ?? ""}`;
  element.tally.add({
    patient,
    where,
    isFilled: values.some(({ type, value }) => !(type === "Boolean" && value === false)),
    checked: values.flatMap((value) =>
      checkValue(value, { ...element.rules, times }).map((checked) => ({
        ...checked,
        value: exampleOf(value.value),
      })),
    ),
    at: timeOf(values, resource),
  });
  element.references.add(values, { patient, where, resource });
}

function valuesOf(element: ElementTally, resource: FhirResource): readonly PathValue[] | undefined {
  try {
    return element.planned.path.valuesIn(resource);
  } catch {
    // What the library says of it quotes the value.
    element.misfits += 1;
    return undefined;
  }
}

/** Of the value itself where it is a time, else of the resource. */
function timeOf(values: readonly PathValue[], resource: FhirResource): number | undefined {
  const own = values.find(({ type }) => type === "dateTime" || type === "instant")?.value;
  const elements = resource as unknown as Parameters<typeof happenedAt>[0];
  return instantOf(typeof own === "string" ? own : happenedAt(elements));
}

/** After so many patients for whom everything was refused, the next ones are not asked about. */
const enoughInVain = 5;
