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
  const expected = leavesOf(expectedText);
  const actual = leavesOf(actualText);
  return [...new Set([...expected.keys(), ...actual.keys()])].flatMap((path) => {
    const [wanted, found] = [expected.get(path), actual.get(path)];
    if (wanted === found) return [];
    return [
      {
        path,
        ...(wanted !== undefined && { expected: wanted }),
        ...(found !== undefined && { actual: found }),
      },
    ];
  });
}

/** Every value of a JSON text by its path. An empty list or object is a value too. */
function leavesOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  collect(JSON.parse(text, keepDigits), "", found);
  return found;
}

function collect(value: unknown, path: string, found: Map<string, string>): void {
  const steps = value instanceof Written ? [] : stepsInto(value);
  if (steps.length === 0)
    found.set(path, value instanceof Written ? value.text : JSON.stringify(value));
  for (const [step, child] of steps)
    collect(child, path === "" ? step.replace(".", "") : path + step, found);
}

function stepsInto(value: unknown): readonly (readonly [step: string, child: unknown])[] {
  if (typeof value !== "object" || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).map(([key, child]) => [isList ? `[${key}]` : `.${key}`, child]);
}

/** A number as it was written. */
class Written {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" ? new Written(context?.source ?? String(value)) : value;
}
