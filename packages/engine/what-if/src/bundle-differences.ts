import type { Bundle } from "@trestle/fhir";
import { type Place, compareValues, stepsTo } from "@trestle/integration/mapping";
import { pairItems } from "./pair-items.ts";
import { type PairedResources, type Standing, pairResources } from "./pair-resources.ts";

/** A difference between two results, with its values: patient data, perhaps. */
export interface ElementDifference {
  readonly kind: "added" | "removed" | "changed";
  readonly resourceType: string;
  /** The keys from the resource to the value, without indexes; none where all of it is meant. */
  readonly keys: readonly string[];
  /** Undefined where nothing was there, and where not values differ but their order. */
  readonly one: unknown;
  readonly other: unknown;
  /** How many items of a list come in another order. */
  readonly moved?: number;
  /** Its path in the first bundle, `entry[0].resource.birthDate`, made when it is asked for. */
  readonly pathInOne: () => string | undefined;
  readonly pathInOther: () => string | undefined;
}

/**
 * In what two results of one message differ. Resources are the same where their address or, that
 * failing, their type and content say so; a reference that follows a resource to its new address is
 * no difference, the new id is. A whole resource that comes or goes is one difference.
 */
export function bundleDifferences(one: Bundle, other: Bundle): readonly ElementDifference[] {
  const paired = pairResources(one, other);
  const { pairs, removed, added } = paired;
  return [
    ...pairs.flatMap(([before, after]) => inResource([before, after], paired)),
    ...removed.map((standing) => whole("removed", standing)),
    ...added.map((standing) => whole("added", standing)),
  ];
}

function inResource(
  [before, after]: readonly [Standing, Standing],
  { renamed }: PairedResources,
): readonly ElementDifference[] {
  const found: ElementDifference[] = [];
  const { resourceType } = before.resource;
  const add = (place: Place | undefined, values: Pick<ElementDifference, "one" | "other">) => {
    const at = { resourceType, keys: keysOf(place), ...pathsOf(place, before, after) };
    found.push({ ...at, ...values, kind: kindOf(values) });
  };
  compareValues(
    { one: before.resource, other: after.resource },
    {
      pairItems,
      onDifference: (place, one, other) => {
        const followed = typeof one === "string" ? renamed.get(one) : undefined;
        if (followed === undefined || followed !== other) add(place, { one, other });
      },
      onMoved: (place, moved) => {
        const at = { resourceType, keys: keysOf(place), ...pathsOf(place, before, after) };
        found.push({ ...at, kind: "changed", one: undefined, other: undefined, moved });
      },
    },
  );
  return found;
}

function kindOf({ one, other }: Pick<ElementDifference, "one" | "other">) {
  if (one === undefined) return "added";
  return other === undefined ? "removed" : "changed";
}

function whole(kind: "added" | "removed", standing: Standing): ElementDifference {
  const path = () => `entry[${standing.index}].resource`;
  const nowhere = () => undefined;
  return {
    kind,
    resourceType: standing.resource.resourceType,
    keys: [],
    one: undefined,
    other: undefined,
    pathInOne: kind === "removed" ? path : nowhere,
    pathInOther: kind === "added" ? path : nowhere,
  };
}

function keysOf(place: Place | undefined): readonly string[] {
  return stepsTo(place).flatMap((step) => ("key" in step ? [step.key] : []));
}

function pathsOf(place: Place | undefined, before: Standing, after: Standing) {
  return {
    pathInOne: () => pathIn("one", before.index, place),
    pathInOther: () => pathIn("other", after.index, place),
  };
}

/** Undefined where a list on the way has no such item on that side. */
function pathIn(
  side: "one" | "other",
  index: number,
  place: Place | undefined,
): string | undefined {
  const steps = stepsTo(place).map((step) => ("key" in step ? step.key : step[side]));
  if (steps.includes(undefined)) return undefined;
  const written = steps.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`));
  return `entry[${index}].resource${written.join("")}`;
}
