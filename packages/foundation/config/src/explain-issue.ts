import { distance } from "fastest-levenshtein";
import { z } from "zod";

/** One problem of a value, with the path of what causes it. */
export interface Explained {
  readonly path: readonly PropertyKey[];
  /** Whether the key is wrong rather than its value. */
  readonly isKey: boolean;
  readonly code: string;
  readonly text: string;
  readonly hint: string;
}

/** Says what a zod issue means to who wrote the file. */
export function explainIssue(schema: z.ZodType, issue: z.core.$ZodIssue): Explained[] {
  const { path } = issue;
  const name = nameOf(path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(schema, path, key));
    case "invalid_type":
      return [wrongType(path, name, issue)];
    case "invalid_value":
      return [
        {
          path,
          isKey: false,
          code: "config.invalidValue",
          text: `${name} is none of the possible values.`,
          hint: `Write one of: ${issue.values.map(String).join(", ")}.`,
        },
      ];
    case "too_small":
    case "too_big":
      return [invalid(path, `${name}: ${sentence(issue.message)}`, "Choose a value within the limits.")];
    default:
      return [invalid(path, `${name}: ${sentence(issue.message)}`, "See docs/reference/configuration.md.")];
  }
}

function unknownKey(schema: z.ZodType, path: readonly PropertyKey[], key: string): Explained {
  const known = keysAt(schema, path);
  const [nearest] = known.toSorted((a, b) => distance(a, key) - distance(b, key));
  const isNear = nearest !== undefined && distance(nearest, key) <= Math.max(2, key.length / 3);
  const hint = isNear
    ? `Did you mean “${nearest}”?`
    : known.length === 0
      ? "Remove it."
      : `Known here: ${known.join(", ")}.`;
  return {
    path: [...path, key],
    isKey: true,
    code: "config.unknownKey",
    text: `There is no key “${key}” here.`,
    hint,
  };
}

function wrongType(
  path: readonly PropertyKey[],
  name: string,
  issue: z.core.$ZodIssueInvalidType,
): Explained {
  if (issue.input === undefined && /received undefined/u.test(issue.message)) {
    return {
      path,
      isKey: true,
      code: "config.missingKey",
      text: `${name} is missing.`,
      hint: `Add it here; it takes ${article(issue.expected)}.`,
    };
  }
  return invalid(path, `${name} must be ${article(issue.expected)}.`, "Correct the value.");
}

function invalid(path: readonly PropertyKey[], text: string, hint: string): Explained {
  return { path, isKey: false, code: "config.invalidValue", text, hint };
}

/** The keys that an object schema knows at a path, looking through defaults, records and unions. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const [step, ...rest] = path;
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodDiscriminatedUnion || inner instanceof z.ZodUnion) {
    return inner.options.flatMap((option) => keysAt(option as z.ZodType, path));
  }
  if (step === undefined) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  if (inner instanceof z.ZodObject) {
    const child = inner.shape[String(step)] as z.ZodType | undefined;
    return child === undefined ? [] : keysAt(child, rest);
  }
  if (inner instanceof z.ZodRecord) return keysAt(inner.valueType as z.ZodType, rest);
  if (inner instanceof z.ZodArray) return keysAt(inner.element as z.ZodType, rest);
  return [];
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodPrefault
  ) {
    return unwrapped(schema.unwrap() as z.ZodType);
  }
  return schema;
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "The file" : `“${path.map(String).join(".")}”`;
}

function article(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "a group of keys",
    record: "a group of keys",
  };
  return words[expected] ?? expected;
}

function sentence(message: string): string {
  return message.endsWith(".") ? message : `${message}.`;
}
