import { type Place, compareValues, pairByIndex, stepsTo } from "./compare-values.ts";

/** A place of a result where it is not as expected. */
export interface Difference {
  /** Such as `entry[0].resource.birthDate`. */
  readonly path: string;
  /** As JSON writes it, digits kept; absent where nothing is expected. */
  readonly expected?: string;
  /** Absent where nothing is there. */
  readonly actual?: string;
}

/**
 * Compares two JSON texts value by value. The order of keys does not count, the order of lists does,
 * and so do the written digits of a number: 6.10 is not 6.1.
 *
 * @throws {SyntaxError} where a text is no JSON.
 */
export function differencesOf(expectedText: string, actualText: string): readonly Difference[] {
  const found: Difference[] = [];
  const [one, other] = [expectedText, actualText].map((text): unknown =>
    JSON.parse(text, keepDigits),
  );
  compareValues(
    { one, other },
    {
      pairItems: pairByIndex,
      onDifference: (place, expected, actual) =>
        found.push({
          path: pathOf(place),
          ...(expected !== undefined && { expected: JSON.stringify(expected) }),
          ...(actual !== undefined && { actual: JSON.stringify(actual) }),
        }),
    },
  );
  return found;
}

/** By index both sides have the same path. */
function pathOf(place: Place | undefined): string {
  const steps = stepsTo(place).map((step) =>
    "key" in step ? `.${step.key}` : `[${step.one ?? step.other}]`,
  );
  return steps.join("").replace(/^\./u, "");
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number") return value;
  return exactJson.rawJSON(context?.source ?? String(value));
}

/** ECMAScript's JSON.parse source text access, which the language library does not describe yet. */
const exactJson = JSON as unknown as { rawJSON(text: string): unknown };
